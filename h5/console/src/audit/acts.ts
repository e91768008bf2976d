import { language } from '../platform/copy.ts'

/** What an entry's endpoint means in words. An endpoint without words shows as it is: nothing in the log is ever hidden. */
const words: Record<string, readonly [string, string]> = {
  'POST /admin/sign-in': ['登录：密码', 'Signed in: password'],
  'POST /admin/sign-in/totp': ['登录', 'Signed in'],
  'POST /admin/sign-out': ['退出登录', 'Signed out'],
  'POST /admin/me/password': ['修改自己的密码', 'Changed own password'],
  'POST /admin/staff': ['新建员工账号', 'Added a staff account'],
  'PUT /admin/staff/{staffId}': ['修改员工', 'Changed a staff account'],
  'POST /admin/staff/{staffId}/disable': ['停用员工', 'Disabled a staff account'],
  'POST /admin/staff/{staffId}/enable': ['启用员工', 'Enabled a staff account'],
  'POST /admin/staff/{staffId}/reset': ['重置员工密码', 'Reset a staff account'],
  'POST /admin/members/{memberId}/unmask': ['查看会员敏感信息', 'Looked at personal data'],
  'POST /admin/members/{memberId}/points': ['调整积分', 'Adjusted points'],
  'POST /admin/coupons/lookup': ['查验券码', 'Checked a coupon'],
  'POST /admin/coupons/redeem': ['核销优惠券', 'Redeemed a coupon'],
  'POST /admin/redemptions/{redemptionId}/restore': ['撤销核销', 'Restored a redemption'],
  'POST /admin/coupon-templates': ['新建券模板', 'Drafted a coupon'],
  'PUT /admin/coupon-templates/{templateId}': ['修改券模板', 'Changed a coupon'],
  'POST /admin/coupon-templates/{templateId}/submit': ['提交券模板', 'Submitted a coupon'],
  'POST /admin/coupon-templates/{templateId}/approve': ['通过券模板', 'Approved a coupon'],
  'POST /admin/coupon-templates/{templateId}/return': ['退回券模板', 'Sent back a coupon'],
  'POST /admin/coupon-templates/{templateId}/publish': ['上线券模板', 'Opened a coupon'],
  'POST /admin/coupon-templates/{templateId}/pause': ['暂停领券', 'Paused a coupon'],
  'POST /admin/coupon-templates/{templateId}/resume': ['恢复领券', 'Resumed a coupon'],
  'POST /admin/coupon-templates/{templateId}/end': ['结束领券', 'Ended a coupon'],
  'POST /admin/parking/readings/{readingId}/correct': ['改正识别车牌', 'Corrected a reading'],
  'POST /admin/parking/readings/{readingId}/dismiss': ['移走识别记录', 'Dismissed a reading'],
  'POST /admin/parking/lanes/{laneId}/open': ['手动抬闸', 'Opened a barrier by hand'],
  'POST /admin/parking/sessions/{parkingId}/correct': ['改停车车牌', 'Corrected a plate'],
  'POST /admin/parking/sessions/{parkingId}/close': ['结束停车', 'Closed a parking session'],
  'POST /admin/payments/{paymentId}/refund': ['退款', 'Refunded'],
  'POST /admin/fapiao/{fapiaoId}/retry': ['重新开票', 'Retried an invoice'],
  'PATCH /admin/shops/{shopId}': ['修改店铺', 'Changed a shop'],
  'POST /admin/notices': ['写公告', 'Wrote a notice'],
  'PUT /admin/notices/{noticeId}': ['修改公告', 'Changed a notice'],
  'POST /admin/notices/{noticeId}/publish': ['发布公告', 'Published a notice'],
  'POST /admin/notices/{noticeId}/withdraw': ['撤回公告', 'Withdrew a notice'],
  'POST /admin/invariants/run': ['核对数据', 'Checked the data'],
  'POST /admin/exports': ['导出数据', 'Exported data'],
  'GET /admin/exports/{exportId}/file': ['下载导出文件', 'Downloaded an export'],
}

export const actText = (act: string): string => words[act]?.[language() === 'en' ? 1 : 0] ?? act

/** Every act that has words, for the filter. */
export const acts = (): { value: string; label: string }[] => Object.keys(words).map((value) => ({ value, label: actText(value) }))
