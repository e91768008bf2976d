import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { filesBelow } from '../kit/folders.ts'
import { root } from '../kit/paths.ts'
import { command, elapsed, PlainError, say } from '../kit/say.ts'
import { lineOf, reaches, type Bench } from './bench.ts'

// npm run bench [-- words]: runs the files *.bench.ts of scripts/bench (those whose name has one of the words), one after another.
await command(async () => {
  const words = process.argv.slice(2)
  const files = filesBelow(join(root, 'scripts/bench')).filter(file => file.endsWith('.bench.ts') && (words.length === 0 || words.some(word => file.includes(word))))
  if (files.length === 0) throw new PlainError(`No file *.bench.ts in scripts/bench has ${words.join(' or ')} in its name.`)
  let missed = 0
  for (const file of files) {
    const started = performance.now()
    const { default: bench } = await import(pathToFileURL(file).href) as { default: Bench }
    for (const measured of await bench()) {
      if (!reaches(measured)) missed++
      say(lineOf(measured))
    }
    say(`  ${file.slice(root.length + 1)} (${elapsed(started)})`)
  }
  say(missed === 0 ? 'Everything reaches what it must.' : `${missed} measurements miss what they must reach.`)
  return missed === 0 ? 0 : 1
})
