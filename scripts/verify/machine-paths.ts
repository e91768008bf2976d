import { linesMatching, type Check } from './tree.ts'

/** Folders of one person's machine, and hosts packages came from: both mean nothing on another machine. */
const traces: [RegExp, string][] = [
  [/(^|[\s"'`(=])\/(home|Users)\/[a-z][\w-]*\//, 'a folder of one machine'],
  [/(^|[\s"'`(=:])\/(work|root)\//, 'a folder of one machine'],
  [/registry\.(npmjs|npmmirror|yarnpkg|npm\.taobao)\.|"resolved":\s*"https?:/, 'a package registry']
]
const binary = /\.(png|jpe?g|gif|ico|woff2?|ttf|pdf|xlsx|wasm|zip)$/
/** The files of this check name what they look for. */
const own = /^scripts\/verify\/(machine-paths|verify\.test)/

/** No machine paths and no registry hosts in the repository. */
export const machinePaths: Check = {
  name: 'no machine paths, no registry hosts',
  run: tree => tree.paths.filter(path => !binary.test(path) && !own.test(path)).flatMap(path => {
    const text = tree.read(path)
    return traces.flatMap(([pattern, what]) => linesMatching(text, pattern).slice(0, 5).map(({ number, line }) => `${path}:${number}: names ${what}: ${line.slice(0, 100)}`))
  })
}
