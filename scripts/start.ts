import { join } from 'node:path'
import { ensureBuilt, miniPrograms, webFaces } from './build.ts'
import { home } from './kit/paths.ts'
import { command, elapsed, PlainError, say } from './kit/say.ts'
import { bffHeap } from './stack/heap.ts'
import { choosePorts, prepare, reset, usualPorts } from './stack/prepare.ts'
import { createServices } from './stack/services.ts'
import { listenForTheEnd, type Shutdown } from './stack/shutdown.ts'
import { table } from './stack/table.ts'

const help = `npm start               starts Atrium with its demo mall; Ctrl-C stops it, data stay
npm start -- --reset    takes away the data and keys of earlier starts first

ATRIUM_PORT, ATRIUM_SIMULATOR_PORT   other ports than 8787 and 8788
ATRIUM_HOME                          another folder than .atrium for data, keys and logs
DATABASE_URL                         your own MySQL 8+ or MariaDB 10.6+: mysql://user:password@host:3306/atrium`

const start = async (shutdown: Shutdown): Promise<void> => {
  const started = performance.now()
  const services = await createServices(sentence => { say(sentence); shutdown.begin(1) })
  const ports = await choosePorts()
  if (process.argv.includes('--reset')) await reset()
  // The compilers use one core while the demo mall is filled on the other; a failure is looked at below.
  const built = ensureBuilt(webFaces)
  built.catch(() => {})
  const { databaseUrl, bffPort, simulatorPort } = await prepare(shutdown, ports)
  await built

  shutdown.add(services.stop)
  const env = { ATRIUM_CONFIG: join(home, 'config.json'), ATRIUM_HOME: home, DATABASE_URL: databaseUrl, PORT: String(bffPort), NODE_ENV: 'production' }
  const addresses = { bff: `http://127.0.0.1:${bffPort}`, simulator: `http://127.0.0.1:${simulatorPort}` }
  services.start({ name: 'simulator', script: 'scripts/simulator/main.ts', env, output: 'log' })
  services.start({ name: 'bff', script: 'bff/src/main.ts', env: { ...env, NODE_OPTIONS: bffHeap }, output: 'log' })
  services.start({ name: 'worker', script: 'bff/src/worker.ts', env, output: 'log' })
  await Promise.all([services.ready('simulator', addresses.simulator), services.ready('bff', `${addresses.bff}/readyz`)])
  say(table(addresses, `Atrium is open (${elapsed(started)}).`))

  // Nobody waits for these to look around: they are for WeChat and Alipay DevTools. They are told where the BFF is.
  if (bffPort !== usualPorts.bff) process.env.TARO_APP_API ??= addresses.bff
  await ensureBuilt(miniPrograms).catch(error => { if (!shutdown.begun()) say((error as Error).message) })
}

await command(async () => {
  const strange = process.argv.slice(2).find(word => !['--reset', '--help'].includes(word))
  if (strange) throw new PlainError(`npm start does not know "${strange}".\n${help}`)
  if (process.argv.includes('--help')) return say(help)
  const shutdown = listenForTheEnd()
  try {
    await start(shutdown)
  } catch (error) {
    // What fails because we are stopping is no news.
    if (!shutdown.begun()) process.stderr.write(`${error instanceof PlainError ? error.message : (error as Error).stack}\n`)
    shutdown.begin(1)
  }
})
