/** Who the person is: login codes and phone numbers of WeChat and Alipay. */
import type { Host } from '../core/host.ts'
import type { Bag } from '../core/types.ts'
import type { ApiArea } from './area.ts'

export function identityApi(host: Host): ApiArea {
  const code = async (path: string, kind: string): Promise<string> => {
    if (!host.world.connected()) return host.world.invent(kind)
    const reply = await host.world.ask(path, { phone: host.world.phone })
    return String(reply.code)
  }
  if (host.options.pack.platform === 'alipay') {
    return {
      later: {
        async getAuthCode(options) {
          const scopes = ([] as string[]).concat(options.scopes ?? 'auth_base')
          return { authCode: await code('/sim/alipay/auth-code', 'auth-code'), authSuccessScopes: scopes, authErrorScopes: {} }
        },
        // The real call answers a JSON text with the encrypted number and its signature; only the server can read it.
        async getPhoneNumber() {
          const reply: Bag = host.world.connected()
            ? await host.world.ask('/sim/alipay/phone-response', { phone: host.world.phone })
            : { response: host.world.invent('encrypted-phone'), sign: 'host-sign', sign_type: 'RSA2', encrypt_type: 'AES', charset: 'UTF-8' }
          return { response: JSON.stringify(reply), sign: reply.sign }
        },
      },
    }
  }
  const phoneCode = async () => ({ code: await code('/sim/wechat/phone-code', 'phone-code') })
  return {
    later: {
      login: async () => ({ code: await code('/sim/wechat/login', 'login-code') }),
      checkSession: () => ({}),
    },
    hidden: { getPhoneNumber: phoneCode, getRealtimePhoneNumber: phoneCode },
  }
}
