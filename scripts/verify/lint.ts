import { spawnSync } from 'node:child_process'
import { join, relative } from 'node:path'
import { root } from '../kit/paths.ts'
import type { Check } from './tree.ts'

interface Report {
  diagnostics: { message: string; code?: string; filename: string; labels: { span: { line: number } }[] }[]
}

/** What oxlint says about a folder, with the house's configuration. */
export const lintMessages = (folder: string): string[] => {
  const done = spawnSync(process.execPath, [
    join(root, 'node_modules/oxlint/bin/oxlint'), '-c', join(root, '.oxlintrc.json'), '--deny-warnings', '--format', 'json', '.'
  ], { cwd: folder, encoding: 'utf8', maxBuffer: 64e6 })
  if (!done.stdout.trimStart().startsWith('{')) return [`oxlint did not run: ${(done.stderr + done.stdout).slice(0, 500)}`]
  return (JSON.parse(done.stdout) as Report).diagnostics.map(({ filename, labels, code, message }) =>
    `${relative(folder, join(folder, filename))}:${labels[0]?.span.line ?? 1}: ${message} (${code ?? 'syntax'})`)
}

/** oxlint has nothing to say (.oxlintrc.json has the rules). */
export const lint: Check = { name: 'lint', run: () => lintMessages(root) }
