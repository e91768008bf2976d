import { createHmac } from 'node:crypto'

export type NuonuoCall = { appKey: string; senid: string; nonce: string; timestamp: string; body: string }

/** X-Nuonuo-Sign: base64 of HMAC-SHA1 over the call in Nuonuo's fixed order; `body` is exactly what is sent. */
export const nuonuoSign = (appSecret: string, { appKey, senid, nonce, timestamp, body }: NuonuoCall): string =>
  createHmac('sha1', appSecret).update(`a=services&l=v1&p=open&k=${appKey}&i=${senid}&n=${nonce}&t=${timestamp}&f=${body}`).digest('base64')
