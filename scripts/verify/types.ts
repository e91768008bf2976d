import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { cache, root } from '../kit/paths.ts'
import { spawnBound } from '../kit/processes.ts'
import type { Check } from './tree.ts'

const compilers = { tsc: 'node_modules/typescript/bin/tsc', 'vue-tsc': 'node_modules/vue-tsc/bin/vue-tsc.js' }

/** The workspaces and the compiler that understands them. */
export const workspaces: Record<string, keyof typeof compilers> = {
  miniapp: 'vue-tsc', 'h5/kiosk': 'vue-tsc', 'h5/console': 'vue-tsc', bff: 'tsc', scripts: 'tsc', shared: 'tsc', schema: 'tsc'
}

/** What the compiler says about a folder with a tsconfig.json. It remembers its work in `memory`, so that the next time is short. */
export const typeErrors = (folder: string, compiler: keyof typeof compilers, memory: string): Promise<string[]> =>
  new Promise((resolve, reject) => {
    mkdirSync(memory, { recursive: true })
    const child = spawnBound(process.execPath, [
      join(root, compilers[compiler]), '-p', folder, '--noEmit', '--pretty', 'false', '--incremental',
      '--tsBuildInfoFile', join(memory, `${folder.replace(/\W+/g, '-')}.tsbuildinfo`)
    ], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout?.on('data', chunk => { output += chunk })
    child.stderr?.on('data', chunk => { output += chunk })
    child.once('error', reject)
    child.once('close', code => {
      const lines = output.split('\n').filter(line => line.trim() !== '')
      resolve(code === 0 ? [] : lines.length > 0 ? lines : [`${folder}: ${compiler} ended with ${code}`])
    })
  })

/** One check for each workspace: its types hold. */
export const typeChecks: Check[] = Object.entries(workspaces).map(([folder, compiler]) => ({
  name: `types of ${folder}`,
  run: tree => tree.has(`${folder}/tsconfig.json`)
    ? typeErrors(folder, compiler, join(cache, 'types'))
    : [`${folder}/tsconfig.json: missing, so nothing checks the types of ${folder}`]
}))
