import { createCipheriv, createSign, generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { NoticeRefused } from '../../payment/gateway.ts'
import { readNotice } from './notice.ts'

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } })
const [provider, stranger] = [pair(), pair()]
const apiV3Key = 'k'.repeat(32)
const pay = { mchId: '1900000001', appId: 'wx01', merchantSerial: '00', merchantPrivateKey: provider.privateKey, apiV3Key, publicKeyId: 'PUB_KEY_ID_01', publicKey: provider.publicKey, apiBase: 'http://127.0.0.1:1' }
const now = new Date('2026-11-20T04:00:00Z')

const sealed = (resource: object, key = apiV3Key) => {
  const cipher = createCipheriv('aes-256-gcm', key, '123456789012')
  cipher.setAAD(Buffer.from('transaction'))
  return Buffer.concat([cipher.update(JSON.stringify(resource)), cipher.final(), cipher.getAuthTag()]).toString('base64')
}
const transaction = { mchid: '1900000001', appid: 'wx01', out_trade_no: 'P1', transaction_id: '42000001', trade_state: 'SUCCESS', success_time: '2026-11-20T12:00:00+08:00', amount: { total: 800, currency: 'CNY' } }

type Tampering = { resource?: object; sealKey?: string; event?: string; privateKey?: string; headers?: Record<string, string | undefined>; body?: (text: string) => string; at?: Date }
const message = ({ resource = transaction, sealKey, event = 'TRANSACTION.SUCCESS', privateKey = provider.privateKey, headers = {}, body = (text) => text, at = now }: Tampering = {}) => {
  const text = JSON.stringify({ id: 'EV-1', create_time: '', event_type: event, resource_type: 'encrypt-resource', summary: '支付成功', resource: { original_type: 'transaction', algorithm: 'AEAD_AES_256_GCM', ciphertext: sealed(resource, sealKey), associated_data: 'transaction', nonce: '123456789012' } })
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const signature = createSign('RSA-SHA256').update(`${timestamp}\nnonce\n${text}\n`).sign(privateKey, 'base64')
  const all: Record<string, string | undefined> = { 'wechatpay-timestamp': timestamp, 'wechatpay-nonce': 'nonce', 'wechatpay-serial': 'PUB_KEY_ID_01', 'wechatpay-signature': signature, ...headers }
  return { headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<string, string>, body: Buffer.from(body(text)), now }
}

test('a genuine notice is read', () => {
  expect(readNotice(pay, message())).toEqual({ kind: 'paid', messageId: 'EV-1', fact: { paymentNumber: 'P1', providerNumber: '42000001', amountFen: 800, paidAt: now } })
})
test('a refund notice names the refund to ask about', () => {
  expect(readNotice(pay, message({ event: 'REFUND.SUCCESS', resource: { mchid: '1900000001', out_refund_no: 'R1' } }))).toEqual({ kind: 'refund', messageId: 'EV-1', refundNumber: 'R1' })
})
test('an event nobody asked for is taken in and changes nothing', () => expect(readNotice(pay, message({ event: 'COUPON.USE' }))).toEqual({ kind: 'other', messageId: 'EV-1' }))

describe('refused', () => {
  test.each<[string, Tampering]>([
    ['a key of a stranger', { privateKey: stranger.privateKey }], ['a changed body', { body: (text) => text.replace('EV-1', 'EV-2') }], ['a signature probe', { headers: { 'wechatpay-signature': 'WECHATPAY/SIGNTEST/abcd' } }],
    ['another serial', { headers: { 'wechatpay-serial': 'PUB_KEY_ID_02' } }], ['another nonce', { headers: { 'wechatpay-nonce': 'other' } }], ['another time', { headers: { 'wechatpay-timestamp': '1795147201' } }],
    ['six minutes old', { at: new Date(now.getTime() - 360_000) }], ['six minutes ahead', { at: new Date(now.getTime() + 360_000) }],
    ...['timestamp', 'nonce', 'serial', 'signature'].map((name): [string, Tampering] => [`no ${name}`, { headers: { [`wechatpay-${name}`]: undefined } }]),
    ['sealed with another key', { sealKey: 'x'.repeat(32) }], ['another merchant', { resource: { ...transaction, mchid: '1' } }], ['another app', { resource: { ...transaction, appid: 'wx02' } }],
    ['another currency', { resource: { ...transaction, amount: { total: 800, currency: 'USD' } } }], ['no amount', { resource: { ...transaction, amount: {} } }], ['half a fen', { resource: { ...transaction, amount: { total: 800.5 } } }],
    ['no transaction', { resource: { ...transaction, transaction_id: undefined } }], ['a success that is none', { resource: { ...transaction, trade_state: 'NOTPAY' } }],
    ['a refund of another merchant', { event: 'REFUND.SUCCESS', resource: { mchid: '1', out_refund_no: 'R1' } }],
  ])('%s', (_, tampering) => expect(() => readNotice(pay, message(tampering))).toThrow(NoticeRefused))
})
