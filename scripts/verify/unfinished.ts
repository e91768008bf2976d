import { isSource, linesMatching, type Check } from './tree.ts'

const marks = /\b(TODO|FIXME|HACK)\b|\bXXX\b|\b(test|it|describe)(\.\w+)*\.(skip|only|todo)\b/

/** Nothing in the repository says it is unfinished, and no test is switched off. */
export const unfinished: Check = {
  name: 'no unfinished marks, no test switched off',
  run: tree => tree.paths.filter(path => isSource(path) && !path.startsWith('scripts/verify/')).flatMap(path =>
    linesMatching(tree.read(path), marks).map(({ number, line }) => `${path}:${number}: finish it or take it out: ${line.slice(0, 100)}`))
}
