import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { define, plugins } from './vite.config.ts'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: plugins(),
  define,
  test: {
    name: 'console',
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    // Mounting a whole list takes seconds where two cores are shared by everything.
    testTimeout: 30_000,
    server: { deps: { inline: ['element-plus'] } },
  },
})
