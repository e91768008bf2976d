import { randomToken, rsaSign, rsaVerify, sealAlipay, strangersKey } from './crypto.ts'
import type { Sender } from './deliver.ts'
import type { World } from './world.ts'

/** Parameters of a gateway call, query and form together. */
export type Params = Record<string, string>

/** A refusal in the gateway's words. `bare` ones come as `error_response`, not under the method's name. */
export class GatewayRefusal extends Error {
  readonly code: string
  readonly msg: string
  readonly subCode: string
  readonly bare: boolean
  constructor(code: '20000' | '20001' | '40001' | '40002' | '40004' | '40006', subCode: string, subMsg: string, bare = false) {
    super(subMsg)
    this.code = code
    this.msg = { 20000: 'Service Currently Unavailable', 20001: 'Insufficient Token Permissions', 40001: 'Missing Required Arguments', 40002: 'Invalid Arguments', 40004: 'Business Failed', 40006: 'Insufficient Permissions' }[code]
    this.subCode = subCode
    this.bare = bare
  }
}

/** 40004 with an `ACQ.` sub code: the trade API understood and said no. */
export const businessFailed = (subCode: string, subMsg: string): GatewayRefusal => new GatewayRefusal('40004', `ACQ.${subCode}`, subMsg)

/** Every parameter but `sign`, sorted, raw values: what the app signed. */
const requestText = (params: Params): string => Object.keys(params).filter(key => key !== 'sign' && params[key] !== '').sort().map(key => `${key}=${params[key]}`).join('&')

/** Refuses a call with missing common parameters, another app or a signature that does not verify. */
export const verifyCall = (world: World, params: Params): void => {
  const missing: Record<string, string> = { app_id: 'isv.missing-app-id', method: 'isv.missing-method', timestamp: 'isv.missing-timestamp', version: 'isv.missing-version', sign_type: 'isv.missing-signature-type', sign: 'isv.missing-signature' }
  for (const [name, subCode] of Object.entries(missing)) {
    if (!params[name]) throw new GatewayRefusal('40001', subCode, `缺少${name}参数`, true)
  }
  if (params.app_id !== world.config.alipay.appId) throw new GatewayRefusal('40002', 'isv.invalid-app-id', '无效的AppID参数', true)
  if (params.sign_type !== 'RSA2') throw new GatewayRefusal('40002', 'isv.invalid-signature-type', '无效的签名类型', true)
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(params.timestamp!)) throw new GatewayRefusal('40002', 'isv.invalid-timestamp', '非法的时间戳参数', true)
  const text = requestText(params)
  if (!rsaVerify(text, params.sign!, world.config.alipay.appPublicKey)) {
    throw new GatewayRefusal('40002', 'isv.invalid-signature', `验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配，网关生成的验签字符串为：${text}`)
  }
}

/** The gateway escapes slashes inside JSON, and signs the very text it sends. */
const raw = (value: object): string => JSON.stringify(value).replaceAll('/', '\\/')

/** `{"<key>":{…},"sign":"…"}` with the signature over the exact inner text. */
export const signedReply = (world: World, key: string, response: object, forged: boolean): string => {
  const inner = raw(response)
  return `{"${key}":${inner},"sign":"${rsaSign(inner, forged ? strangersKey() : world.config.alipay.privateKey)}"}`
}

/** The reply text of a refusal. */
export const refusalReply = (world: World, method: string, error: GatewayRefusal, forged: boolean): string =>
  signedReply(world, error.bare ? 'error_response' : `${method.replaceAll('.', '_')}_response`, { code: error.code, msg: error.msg, sub_code: error.subCode, sub_msg: error.message }, forged)

/** How notifications are signed (all but `sign` and `sign_type`, sorted) and acknowledged (body exactly `success`). */
export const alipaySender = (world: World): Sender => ({
  write: (delivery, trick) => {
    const params = delivery.notice as Params
    const text = Object.keys(params).sort().map(key => `${key}=${params[key]}`).join('&')
    const sign = rsaSign(text, trick === 'genuine' ? world.config.alipay.privateKey : strangersKey())
    return {
      headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: new URLSearchParams({ ...params, sign, sign_type: 'RSA2' }).toString(),
    }
  },
  received: (_status, body) => body === 'success',
})

/** What `my.getPhoneNumber` hands to the mini-program: ciphertext and a signature over it in double quotes. */
export const phoneResponse = (world: World, phone: string): Record<'response' | 'sign' | 'sign_type' | 'encrypt_type' | 'charset', string> => {
  const response = sealAlipay(JSON.stringify({ code: '10000', msg: 'Success', mobile: phone }), world.config.alipay.aesKey)
  return { response, sign: rsaSign(`"${response}"`, world.config.alipay.privateKey), sign_type: 'RSA2', encrypt_type: 'AES', charset: 'UTF-8' }
}

export const freshToken = (): string => `composeB${randomToken(20).replace(/[-_]/g, 'x')}`
