import { z } from 'zod'
import { yuanToFen } from '@atrium/shared/money.ts'
import { fromShanghaiTime } from '@atrium/shared/time.ts'
import type { Config } from '../../config.ts'
import { type Notice, NoticeRefused, type RawNotice } from '../../payment/gateway.ts'

const Notification = z.object({
  app_id: z.string(), seller_id: z.string(), notify_id: z.string().min(1).max(120), out_trade_no: z.string(), trade_no: z.string().min(1), trade_status: z.string(), total_amount: z.string(),
  gmt_payment: z.string().optional(), gmt_refund: z.string().optional(), out_biz_no: z.string().optional(), refund_fee: z.string().optional(),
})

/**
 * Verifies a notification and reads what it says. `verify` is the SDK's checkNotifySignV2, which does not decode values a second time. A
 * TRADE_SUCCESS also follows a partial refund; then it speaks of the refund.
 */
export function readNotice(alipay: Config['alipay'], verify: (params: Record<string, string>) => boolean, { body }: RawNotice): Notice {
  const params = Object.fromEntries(new URLSearchParams(body.toString('utf8')))
  // The older RSA (SHA-1) would be taken as well if the sender could choose.
  if (params.sign_type !== 'RSA2') throw new NoticeRefused('signed by another method')
  let genuine = false
  try {
    genuine = verify(params)
  } catch { /* a signature that cannot even be read is none */ }
  if (!genuine) throw new NoticeRefused('the signature does not fit')
  const parsed = Notification.safeParse(params)
  if (!parsed.success) throw new NoticeRefused('not in the form of a notification')
  const notice = parsed.data
  if (notice.app_id !== alipay.appId || notice.seller_id !== alipay.sellerId) throw new NoticeRefused('of another app or seller')
  const messageId = notice.notify_id
  if (notice.gmt_refund || notice.refund_fee) return notice.out_biz_no ? { kind: 'refund', messageId, refundNumber: notice.out_biz_no } : { kind: 'other', messageId }
  if (notice.trade_status !== 'TRADE_SUCCESS' && notice.trade_status !== 'TRADE_FINISHED') return { kind: 'other', messageId }
  const amountFen = yuanToFen(notice.total_amount)
  const paidAt = fromShanghaiTime(notice.gmt_payment ?? '')
  if (amountFen === null || !paidAt) throw new NoticeRefused('a success without its facts')
  return { kind: 'paid', messageId, fact: { paymentNumber: notice.out_trade_no, providerNumber: notice.trade_no, amountFen, paidAt } }
}
