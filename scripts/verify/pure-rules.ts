import { isTest, linesMatching, type Check } from './tree.ts'

const impure = /\bDate\.now\(|\bnew Date\(\s*\)|\bMath\.random\(|\bperformance\.now\(|\bprocess\.|\bfetch\(|\bcrypto\.|\bconsole\./

/** rules.ts files have no clock, no chance and no I/O: callers pass `now`. */
export const pureRules: Check = {
  name: 'rules are pure',
  run: tree => tree.paths.filter(path => /^shared\/.*\brules\.ts$/.test(path) && !isTest(path)).flatMap(path =>
    linesMatching(tree.read(path), impure).map(({ number, line }) => `${path}:${number}: a rule takes the clock and everything else as arguments: ${line}`))
}
