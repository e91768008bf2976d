import { createSign, generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { NoticeRefused } from '../../payment/gateway.ts'
import { alipayGateway } from './gateway.ts'

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } })
const [provider, app, stranger] = [pair(), pair(), pair()]
const gateway = alipayGateway({ baseUrl: 'http://127.0.0.1', alipay: { appId: '2021', privateKey: app.privateKey, alipayPublicKey: provider.publicKey, gateway: 'http://127.0.0.1:1/gateway.do', sellerId: '2088', aesKey: 'k' } })
const now = new Date('2026-11-20T04:00:00Z')
const genuine = {
  app_id: '2021', seller_id: '2088', notify_id: 'N-1', out_trade_no: 'P1', trade_no: '20261120220001', trade_status: 'TRADE_SUCCESS', total_amount: '8.00', gmt_payment: '2026-11-20 12:00:00',
  // A value that changes when it is decoded twice.
  subject: '停车费 50%25 苏C·8K6Q2', charset: 'utf-8',
}
type Params = Record<string, string>
const read = (params: Params, { key = provider.privateKey, after = (p: Params) => p } = {}) => {
  const text = Object.keys(params).sort().map((name) => `${name}=${params[name]}`).join('&')
  const sign = createSign('RSA-SHA256').update(text, 'utf8').sign(key, 'base64')
  return gateway.readNotice({ headers: {}, body: Buffer.from(new URLSearchParams(after({ ...params, sign, sign_type: 'RSA2' })).toString()), now })
}

test('a genuine notification is read, whatever is in its subject', () => {
  expect(read(genuine)).toEqual({ kind: 'paid', messageId: 'N-1', fact: { paymentNumber: 'P1', providerNumber: '20261120220001', amountFen: 800, paidAt: now } })
  expect(read({ ...genuine, trade_status: 'TRADE_FINISHED' }).kind).toBe('paid')
})
test('a success that follows a refund speaks of the refund', () => {
  expect(read({ ...genuine, refund_fee: '3.00', gmt_refund: '2026-11-20 12:01:00.000', out_biz_no: 'R1' })).toEqual({ kind: 'refund', messageId: 'N-1', refundNumber: 'R1' })
})
test('waiting and closed change nothing', () => {
  for (const trade_status of ['WAIT_BUYER_PAY', 'TRADE_CLOSED']) expect(read({ ...genuine, trade_status }).kind).toBe('other')
})

describe('refused', () => {
  test.each<[string, () => unknown]>([
    ['a key of a stranger', () => read(genuine, { key: stranger.privateKey })], ['the app’s own key', () => read(genuine, { key: app.privateKey })],
    ...(['app_id', 'seller_id', 'out_trade_no', 'trade_no', 'total_amount', 'trade_status', 'subject', 'notify_id'] as const).map((name): [string, () => unknown] => [`${name} changed afterwards`, () => read(genuine, { after: (p) => ({ ...p, [name]: `${p[name]}1` }) })]),
    ['no signature', () => read(genuine, { after: ({ sign: _, ...p }) => p })], ['an empty signature', () => read(genuine, { after: (p) => ({ ...p, sign: '' }) })], ['the weaker method', () => read(genuine, { after: (p) => ({ ...p, sign_type: 'RSA' }) })],
    ['no method', () => read(genuine, { after: ({ sign_type: _, ...p }) => p })],
    ['another app', () => read({ ...genuine, app_id: '2022' })], ['another seller', () => read({ ...genuine, seller_id: '2089' })], ['three decimals', () => read({ ...genuine, total_amount: '8.001' })], ['a negative sum', () => read({ ...genuine, total_amount: '-8.00' })],
    ['no time', () => read(Object.fromEntries(Object.entries(genuine).filter(([name]) => name !== 'gmt_payment')))],
  ])('%s', (_, attempt) => expect(attempt).toThrow(NoticeRefused))
})
