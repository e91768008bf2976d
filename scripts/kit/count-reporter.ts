import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

/** What a run of vitest came to, for the closing line of `npm test`. */
export interface Counted { passed: number; failed: number }

/** Counts tests; a file that could not be loaded and an error outside any test are failures too. Writes to `ATRIUM_COUNT_FILE`. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const tests = modules.flatMap(module => [...module.children.allTests()])
    const suites = modules.flatMap(module => [module, ...module.children.allSuites()])
    const state = (name: string) => tests.filter(test => test.result().state === name).length
    const counted: Counted = {
      passed: state('passed'),
      failed: state('failed') + suites.filter(suite => suite.errors().length > 0).length + unhandled.length
    }
    const file = process.env.ATRIUM_COUNT_FILE
    if (file) writeFileSync(file, JSON.stringify(counted))
  }
}
