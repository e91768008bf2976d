import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { home } from '../kit/paths.ts'

const people = (): string[] => {
  const file = join(home, 'demo-people.json')
  return existsSync(file) ? [readFileSync(file, 'utf8')] : []
}

/** The table a start ends with: address of each face, who to be, where the outside world is played. */
export const table = (addresses: { bff: string; simulator: string }, headline: string): string => [
  '', headline, '',
  ...[
    ['Front door', `${addresses.bff}/`], ['Member app', `${addresses.bff}/m/`], ['Kiosk', `${addresses.bff}/kiosk/`],
    ['Console', `${addresses.bff}/console/`], ['API', `${addresses.bff}/docs`], ['Simulator', `${addresses.simulator}/`]
  ].map(([name, address]) => `  ${name!.padEnd(12)}${address}`),
  '', ...people(), ''
].join('\n')
