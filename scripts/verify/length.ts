import type { Check } from './tree.ts'

const most = 400
const counted = /\.(ts|vue|mjs|cjs|js|scss|css)$/
const generated = /\.d\.ts$|^miniapp\/types\//

/** No file grows past 400 lines. */
export const fileLength: Check = {
  name: `no file over ${most} lines`,
  run: tree => tree.paths.filter(path => counted.test(path) && !generated.test(path)).flatMap(path => {
    const lines = tree.read(path).replace(/\n$/, '').split('\n').length
    return lines > most ? [`${path}: ${lines} lines: split it by what it does`] : []
  })
}
