import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Endpoint } from '@atrium/shared/contract.ts'
import { contracts } from '@atrium/shared/contracts.ts'
import { type Role, grants, roles } from '@atrium/shared/staff/permissions.ts'
import { resolveMall } from '../mall/service.ts'
import { encodeCursor } from './paging.ts'
import { type TestMall, testMall } from './test-kit.ts'
import { sampleCall, sampleId, sampleOf, spoiled } from './test-samples.ts'
import { silentVendors } from './test-vendors.ts'

const entries = Object.entries(contracts) as [string, Endpoint][]
const withBody = entries.filter(([, e]) => e.body && e.kind !== 'raw')
const withQuery = entries.filter(([, e]) => e.query)
const vendors = entries.filter(([, e]) => e.who === 'vendor')

let t: TestMall
beforeAll(async () => { t = await testMall({ deps: silentVendors() }) })

/** A caller that the contract lets in, so that only the input can be wrong. */
function someone({ who, within }: Endpoint): string | null {
  if (who === 'guest' || who === 'vendor') return null
  if (who === 'member') return t.asMember()
  const width = { store: 0, tenant: 1, mall: 2 }
  const role = (Object.keys(roles) as Role[]).find((r) => who === 'staff' || (grants(r, who.can) && width[roles[r].reach] >= width[within ?? 'mall']))
  return role ? t.asStaff(role, { tenantId: sampleId, storeIds: [sampleId] }) : null
}

async function send(method: string, path: string, as: string | null, body?: string): Promise<{ status: number; text: string }> {
  const response = await t.app.request(path, { method, ...(body !== undefined && { body }), headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...(as && { authorization: `Bearer ${as}` }) } })
  if (/event-stream/.test(response.headers.get('content-type') ?? '')) {
    await response.body?.cancel()
    return { status: response.status, text: '' }
  }
  return { status: response.status, text: await response.text() }
}

/** Rows of the mall's own tables: a refused call must not add any. Audit and housekeeping rows are meant to be written. */
async function rows(): Promise<Record<string, number>> {
  const [tables] = (await t.deps.pool.query("SELECT table_name AS name FROM information_schema.columns WHERE table_schema = DATABASE() AND column_name = 'mallId'")) as unknown as [{ name: string }[]]
  const counts: Record<string, number> = {}
  for (const { name } of tables) {
    if (/^audit|^schedule|^smsCode|^staffSignIn/.test(name)) continue
    const [[row]] = (await t.deps.pool.query(`SELECT COUNT(*) AS n FROM \`${name}\` WHERE mallId = ?`, [t.mallId])) as unknown as [[{ n: number }]]
    counts[name] = row.n
  }
  return counts
}

describe('malformed bodies: refused, never a fault, nothing written', () => {
  test.each(withBody)('%s', async (key, endpoint) => {
    const { method, path } = sampleCall(key, endpoint)
    const as = someone(endpoint)
    const before = await rows()
    for (const body of spoiled(sampleOf(endpoint.body!))) {
      if (endpoint.body!.safeParse(body).success) continue
      const { status, text } = await send(method, path, as, JSON.stringify(body))
      expect(status, `${JSON.stringify(body)?.slice(0, 200)} → ${text.slice(0, 200)}`).toBeGreaterThanOrEqual(400)
      expect(status, `${JSON.stringify(body)?.slice(0, 200)} → ${text.slice(0, 200)}`).toBeLessThan(500)
    }
    for (const text of ['', '{', 'null', '"', '<xml/>']) expect((await send(method, path, as, text)).status).toBeLessThan(500)
    expect(await rows()).toEqual(before)
  })
})

/** The sample with one of its texts in Chinese, as often as it has texts that may be. */
const inChinese = (endpoint: Endpoint): unknown[] => {
  const sample = sampleOf(endpoint.body!) as Record<string, unknown>
  return Object.keys(sample).filter((name) => typeof sample[name] === 'string').map((name) => ({ ...sample, [name]: '管理员管理员管理员' })).filter((body) => endpoint.body!.safeParse(body).success)
}

describe('text that is not ASCII where the contract takes any: never a fault', () => {
  test.each(withBody.filter(([, e]) => inChinese(e).length > 0))('%s', async (key, endpoint) => {
    const { method, path } = sampleCall(key, endpoint)
    for (const body of inChinese(endpoint)) {
      const { status, text } = await send(method, path, someone(endpoint), JSON.stringify(body))
      expect(status, `${JSON.stringify(body).slice(0, 200)} → ${text.slice(0, 200)}`).not.toBe(500)
    }
  })
  test('the code of a mall', async () => expect(await resolveMall(t.deps, 'caf\u00e9')).toBeNull())
})

/** A cursor that says Chinese, for each order of a list. */
const crafted = ({ query }: Endpoint): string[] => {
  const { properties } = z.toJSONSchema(query!, { io: 'input', unrepresentable: 'any' }) as { properties?: Record<string, { enum?: string[] }> }
  return (properties?.sort?.enum ?? []).map((sort) => `sort=${sort}&cursor=${encodeCursor('中文', '1')}`)
}

describe('malformed queries: refused or harmless', () => {
  const bad = ['limit=0', 'limit=101', 'limit=x', 'sort=;drop', 'sort=constructor', 'cursor=!!', 'cursor=W10', 'cursor=WyJ4IiwiMSJd', "q=' OR 1=1 --", 'q=%25%25%25', 'state=nope', 'from=yesterday', 'until=2026-13-45', 'floor=LLLLLL', 'q=中文', 'floor=中', 'tradeCategory=餐饮', 'act=中', 'storeId=中', 'q=' + 'x'.repeat(100)]
  test.each(withQuery)('%s', async (key, endpoint) => {
    const { method, path } = sampleCall(key, endpoint)
    const as = someone(endpoint)
    for (const query of [...bad, ...crafted(endpoint)]) {
      const { status, text } = await send(method, `${path}?${query}`, as)
      expect(status, `${query} → ${text.slice(0, 200)}`).toBeLessThan(500)
    }
  })
})

describe('vendor addresses take nothing unproven', () => {
  test.each(vendors)('%s', async (key, endpoint) => {
    const { path } = sampleCall(key, endpoint)
    const before = await rows()
    for (const body of ['', '{', '{}', 'null', '[]', 'a=b&sign=x', '{"id":"x","event_type":"TRANSACTION.SUCCESS","resource":{"ciphertext":"AAAA","nonce":"n","associated_data":""}}', '{"AlarmInfoPlate":{}}']) {
      const { status, text } = await send('POST', path, null, body)
      expect(status, `${body} → ${text.slice(0, 200)}`).not.toBe(500)
    }
    expect(await rows()).toEqual(before)
  })
})
