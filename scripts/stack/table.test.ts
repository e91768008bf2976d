import { expect, test } from 'vitest'
import { columns, table } from './table.ts'

const addresses = { bff: 'http://127.0.0.1:8787', simulator: 'http://127.0.0.1:8788' }
const person = (role: string, account: string) => ({ role, name: '沈砚秋', account, password: `${account}-password`, totpSecret: 'JBSWY3DPEHPK3PXP' })

test('columns line up, also under Chinese letters', () => {
  expect(columns([['云上的猫', 'a'], ['cat', 'b']])).toEqual(['  云上的猫  a', '  cat       b'])
})

test('the table names each face, one person of each role and the simulator', () => {
  const text = table(addresses, 'Atrium is open (3 s).', {
    staff: [person('administrator', 'admin'), person('tenantManager', 'manager.a'), person('tenantManager', 'manager.b')],
    members: [{ phone: '13900000000', nickname: '云上的猫', tier: 'gold', plate: '苏C12345' }]
  })
  for (const words of ['/m/', '/kiosk/', '/console/', '/docs', ':8788/', 'admin-password', 'manager.a-password', '13900000000', '苏C12345']) expect(text).toContain(words)
  expect(text).not.toContain('manager.b')
})
