import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

const ours = (...patterns: string[]) => ({ include: patterns, exclude: ['**/node_modules/**', '**/dist/**'] })

/** Journeys drive whole programs: one at a time, and with patience: a tour of pages that takes half a minute alone takes many on a busy machine. */
const journey = (name: string, groupOrder: number, ...patterns: string[]): TestProjectInlineConfiguration => ({
  test: {
    name, ...ours(...patterns), pool: 'forks', fileParallelism: false, maxWorkers: 1, testTimeout: 600_000, hookTimeout: 600_000, expect: { poll: { timeout: 30_000 } },
    globalSetup: ['scripts/db/test-server.ts'], sequence: { groupOrder }
  }
})

const projects: TestProjectInlineConfiguration[] = [
  {
    // The front ends' own short names, for tests of their composables.
    resolve: { alias: { '@kiosk': new URL('./h5/kiosk/src', import.meta.url).pathname, '@': new URL('./miniapp/src', import.meta.url).pathname } },
    test: {
      name: 'rules', pool: 'threads', testTimeout: 60_000, sequence: { groupOrder: 0 },
      ...ours('shared/**/*.test.ts', 'miniapp/{src,config}/**/*.test.ts', 'h5/kiosk/src/**/*.test.ts')
    }
  },
  {
    test: {
      name: 'scripts', pool: 'forks', testTimeout: 120_000, sequence: { groupOrder: 1 },
      ...ours('scripts/{kit,stack,verify,bench}/**/*.test.ts', 'scripts/*.test.ts')
    }
  },
  {
    extends: './h5/console/vitest.config.ts',
    test: { testTimeout: 60_000, sequence: { groupOrder: 1 } }
  },
  {
    test: {
      name: 'bff', pool: 'forks', testTimeout: 120_000, hookTimeout: 240_000, sequence: { groupOrder: 2 },
      globalSetup: ['scripts/db/test-server.ts'],
      ...ours('bff/src/**/*.test.ts', 'schema/**/*.test.ts', 'scripts/{db,demo}/**/*.test.ts')
    }
  },
  {
    test: {
      name: 'simulator', pool: 'forks', testTimeout: 120_000, hookTimeout: 120_000, sequence: { groupOrder: 2 },
      ...ours('scripts/simulator/**/*.test.ts')
    }
  },
  journey('miniprogram', 3, 'scripts/miniprogram-host/**/*.test.ts', 'scripts/journeys/miniprogram/**/*.test.ts', 'scripts/journeys/*.test.ts'),
  journey('browser', 4, 'scripts/journeys/browser/**/*.test.ts')
]

export default defineConfig({ test: { projects, maxWorkers: 2, passWithNoTests: true } })
