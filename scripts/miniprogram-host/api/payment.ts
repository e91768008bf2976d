/** The pay sheet. The simulator's person decides; without one, paying is refused so that nothing looks paid by chance. */
import type { Host } from '../core/host.ts'
import type { Bag } from '../core/types.ts'
import { ApiFailure, type ApiArea } from './area.ts'

const SHEET = ['timeStamp', 'nonceStr', 'package', 'signType', 'paySign']

export function paymentApi(host: Host): ApiArea {
  /** Shows the sheet to the person in the simulator. The phone answers when they have paid, before any callback arrives. */
  const pay = async (order: Bag): Promise<'paid' | 'cancelled'> => {
    host.api.record('pay', order)
    const reply = await host.world.ask(`/sim/phones/${host.world.phone}/pay`, { ...order, outcome: host.device.pay, waitForCallback: false })
    return reply.result as 'paid' | 'cancelled'
  }
  if (host.options.pack.platform === 'alipay') {
    return {
      later: {
        async tradePay({ tradeNO }) {
          if (!tradeNO) throw new ApiFailure('tradeNO is needed', { error: 2 })
          return { resultCode: await pay({ tradeNo: tradeNO }) === 'paid' ? '9000' : '6001', result: '' }
        },
      },
    }
  }
  return {
    later: {
      async requestPayment(options) {
        const missing = SHEET.find((field) => typeof options[field] !== 'string' || !options[field])
        if (missing) throw new ApiFailure(`requestPayment:fail parameter error: parameter.${missing} should be String`)
        const sheet = Object.fromEntries(SHEET.map((field) => [field, options[field] as string]))
        if (await pay({ requestPayment: sheet }) === 'cancelled') throw new ApiFailure('requestPayment:fail cancel')
      },
    },
  }
}
