import Taro from '@tarojs/taro'
import type { Input, Reply } from '@atrium/shared/contracts.ts'
import { channel } from './channel'

type Payment = Reply<'GET /api/payments/{paymentId}'>
/** How the payer pays on this face. On H5 the payer chooses; a code to scan or keep stands in for the wallet. */
export type PayMethod = Input<'POST /api/parking/pay'>['body']['method']
export const payMethodsHere: readonly PayMethod[] = channel === 'weapp' ? ['wechat_jsapi'] : channel === 'alipay' ? ['alipay_trade'] : ['wechat_native', 'alipay_qr']

/** A wallet opens for an account that the mall knows; a code to scan is anyone's. */
export const payNeedsAccount = channel !== 'h5'

/** What the wallet said. It is a hint: only the BFF knows whether money came in. */
export type WalletHint = 'returned' | 'cancelled' | 'failed'

/** Opens the wallet for a payment's action. A code to scan is drawn by the page: nothing is opened, the hint is `returned`. */
export async function openWallet(action: Payment['action']): Promise<WalletHint> {
  try {
    if (action.kind === 'wechat_jsapi') {
      await Taro.requestPayment({ timeStamp: action.timeStamp, nonceStr: action.nonceStr, package: action.package, signType: action.signType as never, paySign: action.paySign })
    } else if (action.kind === 'alipay_trade') {
      const said = (await Taro.tradePay({ tradeNO: action.tradeNo })) as unknown as { resultCode?: string | number }
      return alipayHint(String(said.resultCode))
    }
    return 'returned'
  } catch (failure) {
    return /cancel/i.test((failure as { errMsg?: string })?.errMsg ?? '') ? 'cancelled' : 'failed'
  }
}

/** 9000 done, 8000 and 6004 unknown yet, 6001 cancelled by the payer, others failed. */
const alipayHint = (code: string): WalletHint => (code === '6001' ? 'cancelled' : code === '9000' || code === '8000' || code === '6004' ? 'returned' : 'failed')
