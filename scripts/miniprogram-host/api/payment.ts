/** The pay sheet. The simulator's person decides; without one, paying is refused so that nothing looks paid by chance. */
import type { Host } from '../core/host.ts'
import type { Bag } from '../core/types.ts'
import { ApiFailure, type ApiArea } from './index.ts'

const WECHAT_FIELDS = ['timeStamp', 'nonceStr', 'package', 'signType', 'paySign']

/** `ok` or `cancel`, whatever field the simulator says it in. */
const outcomeOf = (reply: Bag): string => {
  const said = reply.result ?? reply.outcome ?? reply.status
  if (typeof said === 'string') return said
  return reply.ok === true ? 'ok' : 'cancel'
}

export function paymentApi(host: Host): ApiArea {
  const pay = async (channel: string, parameters: Bag): Promise<string> => {
    host.api.record('pay', { channel, ...parameters })
    return outcomeOf(await host.world.ask('/sim/phones/pay', { phone: host.world.phone, channel, ...parameters }))
  }
  if (host.options.pack.platform === 'alipay') {
    return {
      later: {
        async tradePay(options) {
          const parameters = options.orderStr ? { orderStr: options.orderStr } : { tradeNO: options.tradeNO }
          if (!parameters.orderStr && !parameters.tradeNO) throw new ApiFailure('tradeNO or orderStr is needed', { error: 2 })
          const outcome = await pay('alipay', parameters as Bag)
          return { resultCode: outcome === 'ok' ? '9000' : outcome === 'cancel' ? '6001' : '4000', result: '' }
        },
      },
    }
  }
  return {
    later: {
      async requestPayment(options) {
        const missing = WECHAT_FIELDS.find((field) => !options[field])
        if (missing) throw new ApiFailure(`requestPayment:fail parameter error: parameter.${missing} should be String`)
        const outcome = await pay('wechat', Object.fromEntries(WECHAT_FIELDS.map((field) => [field, options[field]])))
        if (outcome !== 'ok') throw new ApiFailure(outcome === 'cancel' ? 'requestPayment:fail cancel' : `requestPayment:fail ${outcome}`)
        return {}
      },
    },
  }
}
