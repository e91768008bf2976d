import { createVerify } from 'node:crypto'
import { Aes } from 'wechatpay-axios-plugin'
import { z } from 'zod'
import type { Config } from '../../config.ts'
import { type Notice, NoticeRefused, type RawNotice } from '../../payment/gateway.ts'
import { Transaction, factOf } from './transaction.ts'

const skewMs = 5 * 60_000
const Envelope = z.object({
  id: z.string().min(1).max(64), event_type: z.string(),
  resource: z.object({ algorithm: z.literal('AEAD_AES_256_GCM'), ciphertext: z.string(), associated_data: z.string().default(''), nonce: z.string().length(12) }),
})
const RefundNotice = z.object({ mchid: z.string(), out_refund_no: z.string() })

/** The sender's signature over the raw bytes, its age and its key. Probes (`WECHATPAY/SIGNTEST/…`) are no signature and fail like any other. */
function verify(pay: Config['wechatPay'], { headers, body, now }: RawNotice): void {
  const [timestamp, nonce, serial, signature] = ['timestamp', 'nonce', 'serial', 'signature'].map((name) => headers[`wechatpay-${name}`])
  if (!timestamp || !nonce || !serial || !signature) throw new NoticeRefused('a signature header is missing')
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now.getTime() - Number(timestamp) * 1000) > skewMs) throw new NoticeRefused('signed at another time')
  if (serial !== pay.publicKeyId) throw new NoticeRefused('signed by an unknown key')
  const signed = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')])
  if (!createVerify('RSA-SHA256').update(signed).verify(pay.publicKey, signature, 'base64')) throw new NoticeRefused('the signature does not fit')
}

const parse = <T>(schema: z.ZodType<T>, text: string): T => {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    throw new NoticeRefused('not in the form of a notice')
  }
}

/** Verifies a callback, decrypts it and reads what it says. Throws NoticeRefused for anything not proven or not about us. */
export function readNotice(pay: Config['wechatPay'], raw: RawNotice): Notice {
  verify(pay, raw)
  const { id: messageId, event_type: event, resource } = parse(Envelope, raw.body.toString('utf8'))
  let text: string
  try {
    text = Aes.AesGcm.decrypt(resource.ciphertext, pay.apiV3Key, resource.nonce, resource.associated_data)
  } catch {
    throw new NoticeRefused('the content does not open')
  }
  if (event.startsWith('REFUND.')) {
    const refund = parse(RefundNotice, text)
    if (refund.mchid !== pay.mchId) throw new NoticeRefused('of another merchant')
    return { kind: 'refund', messageId, refundNumber: refund.out_refund_no }
  }
  if (event !== 'TRANSACTION.SUCCESS') return { kind: 'other', messageId }
  const transaction = parse(Transaction, text)
  if (transaction.mchid !== pay.mchId || transaction.appid !== pay.appId) throw new NoticeRefused('of another merchant or app')
  const fact = factOf(transaction)
  if (!fact || (transaction.trade_state !== 'SUCCESS' && transaction.trade_state !== 'REFUND')) throw new NoticeRefused('a success without its facts')
  return { kind: 'paid', messageId, fact }
}
