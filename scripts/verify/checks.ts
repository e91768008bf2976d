import { contractCheck } from './contract.ts'
import { importRules } from './imports.ts'
import { fileLength } from './length.ts'
import { licences } from './licences.ts'
import { deadLinks } from './links.ts'
import { lint } from './lint.ts'
import { machinePaths } from './machine-paths.ts'
import { migrationNames } from './migrations.ts'
import { platformOnly } from './platform.ts'
import { pureRules } from './pure-rules.ts'
import { refusalCopy } from './refusals.ts'
import { scopeFirst } from './scope.ts'
import { checkoutTree, type Check } from './tree.ts'
import { typeChecks } from './types.ts'
import { unfinished } from './unfinished.ts'

/** Every check of `npm run verify`; the slow ones first. A new check adds one line here. */
export const checks: Check[] = [
  ...typeChecks, lint, importRules, scopeFirst, pureRules, platformOnly, migrationNames, fileLength, deadLinks, contractCheck, refusalCopy,
  licences, machinePaths, unfinished
]

const shownAtMost = 25

/** Runs the checks two at a time; `report` gets one text for each, in the order they end. Answers how many passed and failed. */
export const runChecks = async (report: (text: string) => void, chosen = checks): Promise<{ passed: number; failed: number }> => {
  const tree = checkoutTree()
  const waiting = [...chosen]
  const count = { passed: 0, failed: 0 }
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const started = performance.now()
      let messages: string[]
      try {
        messages = await check.run(tree)
      } catch (error) {
        messages = [`the check itself failed: ${(error as Error).stack}`]
      }
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      count[messages.length === 0 ? 'passed' : 'failed']++
      const more = messages.length > shownAtMost ? [`… and ${messages.length - shownAtMost} more`] : []
      report([`${messages.length === 0 ? '✓' : '✗'} ${check.name} (${seconds} s)`, ...messages.slice(0, shownAtMost).map(line => `    ${line}`), ...more.map(line => `    ${line}`)].join('\n'))
    }
  }
  await Promise.all([worker(), worker()])
  return count
}
