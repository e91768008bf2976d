import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readSimulatorConfig } from './config.ts'
import { startSimulator } from './server.ts'

const home = process.env.ATRIUM_HOME ?? join(dirname(fileURLToPath(import.meta.url)), '..', '..', '.atrium')
const config = readSimulatorConfig(join(home, 'simulator.json'))

const simulator = await startSimulator({ config, port: config.port, snapshotFile: join(home, 'simulator-world.json') }).catch((cause: NodeJS.ErrnoException) => {
  if (cause.code !== 'EADDRINUSE') throw cause
  console.error(`simulator: port ${config.port} is taken; stop what listens there or choose another port.`)
  process.exit(1)
})
console.log(`simulator: ${simulator.url}`)

let stopping = false
const stop = () => {
  if (stopping) return
  stopping = true
  void simulator.stop().then(() => process.exit(0))
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
