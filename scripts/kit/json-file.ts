import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { PlainError } from './say.ts'

/** What a file of ours holds; one that was cut off or spoiled by hand is said in a sentence, with what `wayOut` advises. */
export const readJson = <T>(file: string, wayOut: string): T => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T
  } catch (error) {
    if (error instanceof SyntaxError) throw new PlainError(`${file} is not readable as JSON: ${wayOut}`)
    throw error
  }
}

/** Writes a file for its owner alone, whole or not at all: a run that is cut off leaves the one before. */
export const writeJson = (file: string, value: unknown): void => {
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
