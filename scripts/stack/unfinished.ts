import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readJson, writeJson } from '../kit/json-file.ts'

/** Whether the demo mall of one database was begun and never finished. */
export interface Unfinished {
  /** Where that is written, for those who mend it by hand. */
  file: string
  is: () => boolean
  begin: () => void
  end: () => void
}

/** What `home` knows of the database at `place`: one start may use the private database, the next another one, and none answers for the other. */
export const unfinishedIn = (home: string, place: string): Unfinished => {
  const file = join(home, 'demo-unfinished')
  const others = (): string[] => places().filter(other => other !== place)
  const places = (): string[] => existsSync(file) ? readJson(file, 'remove it.') : []
  return {
    file,
    is: () => places().includes(place),
    begin: () => writeJson(file, [...others(), place]),
    end: () => {
      const left = others()
      if (left.length > 0) writeJson(file, left)
      else rmSync(file, { force: true })
    }
  }
}
