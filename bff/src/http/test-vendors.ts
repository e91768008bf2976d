import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeDemoConfig } from '../../../scripts/demo-config.ts'
import type { Deps } from '../context.ts'
import { openDeps } from '../vendors/open.ts'

/** The real adapters of every vendor with keys of their own, at an address where nobody answers. */
export function silentVendors(): Pick<Deps, 'gateways' | 'channels' | 'issuer' | 'sms' | 'gates'> {
  const home = mkdtempSync(join(tmpdir(), 'atrium-vendors-'))
  const { bff } = makeDemoConfig({ home, bffPort: 1, simulatorPort: 1 })
  rmSync(home, { recursive: true })
  const { pool, gateways, channels, issuer, sms, gates } = openDeps({ host: '127.0.0.1', mallCode: null, trustProxy: false, sharedAddresses: [], ...bff, databaseUrl: 'mysql://nobody@127.0.0.1:1/nothing' }, 'test')
  void pool.end()
  return { gateways, channels, issuer, sms, gates }
}
