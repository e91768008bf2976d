import { command, say } from './kit/say.ts'
import { checks, runChecks } from './verify/checks.ts'

// npm run verify [-- words]: with words, only the checks whose name has one of them.
await command(async () => {
  const words = process.argv.slice(2)
  const chosen = words.length === 0 ? checks : checks.filter(check => words.some(word => check.name.includes(word)))
  const { passed, failed } = await runChecks(say, chosen)
  say(`${passed} checks passed, ${failed} failed`)
  return failed > 0 ? 1 : 0
})
