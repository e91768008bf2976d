import { createDecipheriv, createVerify } from 'node:crypto'
import { AlipaySdk } from 'alipay-sdk'
import { z } from 'zod'
import { Refusal } from '@atrium/shared/refusal.ts'
import type { Config } from '../../config.ts'
import type { AlipayChannel } from '../../identity/channels.ts'

const timeoutMs = 5_000
const Token = z.object({ code: z.string().optional(), subCode: z.string().optional(), openId: z.string().min(1).optional(), userId: z.string().min(1).optional(), unionId: z.string().min(1).optional() })
const Sealed = z.object({ response: z.string().min(1), sign: z.string().min(1), sign_type: z.literal('RSA2').default('RSA2'), encrypt_type: z.literal('AES').default('AES') })
const Opened = z.object({ code: z.string(), mobile: z.string().regex(/^1[3-9]\d{9}$/) })

/** The gateway could not decide: unavailable, or a fault of the system below it. */
const unclear = (reply: z.output<typeof Token>) => reply.code === '20000' || reply.subCode === 'isp.unknow-error' || reply.subCode === 'aop.unknow-error'

/** The server side of Alipay sign-in: alipay.system.oauth.token, and the sealed reply of my.getPhoneNumber. */
export function alipayChannel({ alipay }: Pick<Config, 'alipay'>): AlipayChannel {
  // Made at the first call: the keys are parsed then, and a start without Alipay traffic needs none of it.
  let sdk: AlipaySdk | undefined
  const client = () => (sdk ??= new AlipaySdk({ appId: alipay.appId, privateKey: alipay.privateKey.trim(), keyType: 'PKCS8', alipayPublicKey: alipay.alipayPublicKey.trim(), gateway: alipay.gateway, timeout: timeoutMs }))

  return {
    identify: async (authCode) => {
      let reply: z.output<typeof Token>
      try {
        // Both parameters stand outside biz_content; the SDK verifies replies only when it is told to.
        reply = Token.parse(await client().exec('alipay.system.oauth.token', { grantType: 'authorization_code', code: authCode }, { validateSign: true }))
      } catch (cause) {
        const refused = errorResponse(cause)
        if (refused && !unclear(refused)) throw new Refusal('channel_sign_in_failed', { vendorCode: refused.subCode ?? '' })
        throw new Refusal('provider_unavailable', { vendor: 'alipay', cause: cause instanceof Error ? cause.name : 'unknown' })
      }
      if (unclear(reply)) throw new Refusal('provider_unavailable', { vendor: 'alipay' })
      const openId = reply.openId ?? reply.userId
      if (!openId) throw new Refusal('channel_sign_in_failed', { vendorCode: reply.subCode ?? reply.code ?? '' })
      return { openId, unionId: reply.unionId ?? null }
    },
    phoneOf: async (phoneResponse) => {
      const phone = openPhone(alipay, phoneResponse)
      if (!phone) throw new Refusal('phone_code_invalid')
      return phone
    },
  }
}

const ErrorReply = z.object({ error_response: z.object({ code: z.string(), sub_code: z.string().optional() }) })

/**
 * What the gateway said in an `error_response`. The SDK looks for its signature under another key and throws, so it is unproven; that is good enough
 * for a "no", and a "no" is all it can become here.
 */
function errorResponse(thrown: unknown): z.output<typeof Token> | null {
  try {
    const { error_response: said } = ErrorReply.parse(JSON.parse((thrown as { responseDataRaw?: string }).responseDataRaw ?? ''))
    return { code: said.code, subCode: said.sub_code }
  } catch {
    return null
  }
}

/** Signature first, over the ciphertext in double quotes; then AES-128-CBC with an IV of zeros. Null for anything else. */
function openPhone(alipay: Config['alipay'], phoneResponse: string): string | null {
  try {
    const { response, sign } = Sealed.parse(JSON.parse(phoneResponse))
    if (!createVerify('RSA-SHA256').update(`"${response}"`, 'utf8').verify(alipay.alipayPublicKey, sign, 'base64')) return null
    const decipher = createDecipheriv('aes-128-cbc', Buffer.from(alipay.aesKey, 'base64'), Buffer.alloc(16))
    const opened = Opened.parse(JSON.parse(Buffer.concat([decipher.update(response, 'base64'), decipher.final()]).toString('utf8')))
    return opened.code === '10000' ? opened.mobile : null
  } catch {
    return null
  }
}
