import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Endpoint } from '@atrium/shared/contract.ts'
import { contracts } from '@atrium/shared/contracts.ts'
import { type Role, grants, roles } from '@atrium/shared/staff/permissions.ts'
import { features } from '../features.ts'
import { type TestMall, testMall } from './test-kit.ts'
import { sampleCall, sampleId } from './test-samples.ts'
import { silentVendors } from './test-vendors.ts'

type Who = 'guest' | 'member' | Role
const callers: Who[] = ['guest', 'member', ...(Object.keys(roles) as Role[])]
const table = Object.entries(contracts) as [string, Endpoint][]
/** Let in by their permission, and then held to the permission of what they name. */
const narrower = new Set(['POST /admin/exports'])
const width = { store: 0, tenant: 1, mall: 2 }

/** What the contract says of a caller, told apart from what the mount does. */
function expected(endpoint: Endpoint, key: string, who: Who): 'in' | 401 | 403 {
  const staffPath = key.includes(' /admin/')
  if (endpoint.who === 'guest' || endpoint.who === 'vendor') return 'in'
  if (endpoint.who === 'member') return who === 'member' ? 'in' : 401
  if (who === 'guest' || who === 'member' || !staffPath) return 401
  if (endpoint.who === 'staff') return 'in'
  return grants(who, endpoint.who.can) && width[roles[who].reach] >= width[endpoint.within ?? 'mall'] ? 'in' : 403
}

let t: TestMall
beforeAll(async () => { t = await testMall({ deps: silentVendors() }) })

async function knock(key: string, endpoint: Endpoint, who: Who): Promise<{ status: number; code: unknown }> {
  const { method, path, body } = sampleCall(key, endpoint)
  const token = who === 'guest' ? null : who === 'member' ? (key.includes(' /admin/') ? null : t.asMember()) : key.includes(' /admin/') ? t.asStaff(who, { tenantId: sampleId, storeIds: [sampleId] }) : null
  const response = await t.app.request(path, { method, ...(body !== undefined && { body: JSON.stringify(body) }), headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...(token && { authorization: `Bearer ${token}` }) } })
  const stream = /event-stream/.test(response.headers.get('content-type') ?? '')
  const problem = !stream && /problem/.test(response.headers.get('content-type') ?? '') ? ((await response.json()) as { code: string }) : null
  if (stream) await response.body?.cancel()
  return { status: response.status, code: problem?.code }
}

test('every endpoint of the contract is served, and nothing else', () => {
  expect(features.flatMap((f) => Object.keys(f.contract)).sort()).toEqual(Object.keys(contracts).sort())
  for (const { contract, routes } of features) expect(Object.keys(routes).sort()).toEqual(Object.keys(contract).sort())
})

describe('authorisation matrix: every endpoint, every caller', () => {
  test.each(table)('%s', async (key, endpoint) => {
    for (const who of callers) {
      const { status, code } = await knock(key, endpoint, who)
      const wanted = expected(endpoint, key, who)
      const verdict = status === 401 && code === 'unauthenticated' ? 401 : status === 403 && code === 'forbidden' ? 403 : 'in'
      if (!(wanted === 'in' && narrower.has(key))) expect(`${who}: ${verdict}`).toBe(`${who}: ${wanted}`)
      expect(status, `${key} as ${who} answered ${status} ${String(code)}`).not.toBe(500)
    }
  })
})
