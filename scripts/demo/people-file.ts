import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DemoStaff } from './world.ts'

export interface DemoMemberShown { phone: string; nickname: string; tier: string; plate: string }

/** Who to be in the demo, readable by nobody else: `demo-people.json` in `home`. */
export const writePeople = (home: string, staff: readonly DemoStaff[], members: readonly DemoMemberShown[]): void => {
  const file = join(home, 'demo-people.json')
  const shown = { staff: staff.map(({ role, name, account, password, totpSecret }) => ({ role, name, account, password, totpSecret })), members }
  writeFileSync(file, `${JSON.stringify(shown, null, 2)}\n`, { mode: 0o600 })
  chmodSync(file, 0o600)
}
