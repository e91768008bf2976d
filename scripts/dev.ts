import { join } from 'node:path'
import { home } from './kit/paths.ts'
import { freePort } from './kit/processes.ts'
import { command, PlainError, say } from './kit/say.ts'
import { choosePorts, prepare } from './stack/prepare.ts'
import { createServices, type ServiceSpec } from './stack/services.ts'
import { listenForTheEnd, type Shutdown } from './stack/shutdown.ts'

interface Watched { address: string; service: ServiceSpec }

const taro = (name: string, cwd: string, base: string, port: number, env: Record<string, string>): Watched => ({
  address: `http://127.0.0.1:${port}${base}`,
  service: {
    name, cwd, output: 'terminal', script: 'node_modules/@tarojs/cli/bin/taro', args: ['build', '--type', 'h5', '--watch', '--port', String(port)],
    env: { ...env, NO_COLOR: '1' },
    // The rest is a moving bar and a list of every chunk.
    worthShowing: /Compiled|[Ee]rror|failed|not found|^\s*(at|in|\d+ │) /
  }
})

/** The faces that can be watched, each on a port of its own with the BFF behind it. */
const faces: Record<string, (port: number, env: Record<string, string>) => Watched> = {
  console: (port, env) => ({
    address: `http://127.0.0.1:${port}/console/`,
    service: { name: 'console', cwd: 'h5/console', output: 'terminal', script: 'node_modules/vite/bin/vite.js', args: ['--host', '127.0.0.1', '--port', String(port), '--strictPort'], env }
  }),
  h5: (port, env) => taro('h5', 'miniapp', '/m/', port, env),
  kiosk: (port, env) => taro('kiosk', 'h5/kiosk', '/kiosk/', port, env)
}
const usual = ['console', 'h5']

const watch = (name: string, script: string, env: Record<string, string>): ServiceSpec =>
  ({ name, script, watch: true, env, output: 'terminal' })

const dev = async (shutdown: Shutdown, chosen: string[]): Promise<void> => {
  const services = await createServices(sentence => { say(sentence); shutdown.begin(1) })
  const ports = await choosePorts()
  const { databaseUrl, bffPort, simulatorPort } = await prepare(shutdown, ports)
  shutdown.add(services.stop)
  const bff = `http://127.0.0.1:${bffPort}`
  const env = { ATRIUM_CONFIG: join(home, 'config.json'), ATRIUM_HOME: home, DATABASE_URL: databaseUrl, PORT: String(bffPort), ATRIUM_BFF: bff, NODE_ENV: 'development' }
  services.start(watch('simulator', 'scripts/simulator/main.ts', env))
  services.start(watch('bff', 'bff/src/main.ts', env))
  services.start(watch('worker', 'bff/src/worker.ts', env))
  const lines = [['BFF', `${bff}/`], ['Simulator', `http://127.0.0.1:${simulatorPort}/`]]
  for (const name of chosen) {
    const { address, service } = faces[name]!(await freePort(), env)
    services.start(service)
    lines.push([name, address])
  }
  await services.ready('bff', `${bff}/readyz`)
  say(['', 'Watching; a change shows by itself. Ctrl-C stops everything.', ...lines.map(([name, address]) => `  ${name!.padEnd(12)}${address}`), ''].join('\n'))
}

// npm run dev [-- console h5 kiosk]: the servers restart when their files change; the named faces rebuild themselves.
await command(async () => {
  const chosen = process.argv.slice(2)
  const strange = chosen.find(name => !(name in faces))
  if (strange) throw new PlainError(`npm run dev watches ${Object.keys(faces).join(', ')}, not "${strange}".`)
  const shutdown = listenForTheEnd()
  try {
    await dev(shutdown, chosen.length > 0 ? chosen : usual)
  } catch (error) {
    if (!shutdown.begun()) process.stderr.write(`${error instanceof PlainError ? error.message : (error as Error).stack}\n`)
    shutdown.begin(1)
  }
})
