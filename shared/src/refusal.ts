/**
 * Everything Atrium may refuse, with the HTTP status it answers. The set is closed: faces own the Chinese and English copy
 * of every code, and `npm run verify` finds a code without copy.
 */
export const refusalStatus = {
  // any endpoint
  validation_failed: 400,
  idempotency_key_missing: 400,
  unauthenticated: 401,
  session_expired: 401,
  forbidden: 403,
  not_found: 404,
  idempotency_in_progress: 409,
  payload_too_large: 413,
  idempotency_key_reused: 422,
  rate_limited: 429,
  unavailable: 503,
  // identity and privacy
  sms_code_wrong: 422,
  sms_code_expired: 422,
  sms_too_many_tries: 429,
  sms_resend_too_soon: 429,
  channel_sign_in_failed: 422,
  phone_code_invalid: 422,
  consent_required: 422,
  // points
  points_insufficient: 422,
  // coupon
  coupon_unknown: 404,
  coupon_not_started: 422,
  coupon_ended: 422,
  coupon_paused: 422,
  coupon_sold_out: 409,
  coupon_limit_reached: 409,
  coupon_tier_too_low: 422,
  coupon_expired: 422,
  coupon_not_yet_valid: 422,
  coupon_redeemed: 409,
  coupon_locked: 409,
  coupon_void: 409,
  store_not_allowed: 422,
  code_static: 422,
  code_forged: 422,
  code_expired: 422,
  code_reused: 409,
  restore_not_allowed: 422,
  template_state: 409,
  approve_own: 422,
  stock_below_issued: 422,
  // parking
  plate_invalid: 422,
  plate_bound_elsewhere: 409,
  plate_limit_reached: 422,
  parking_unknown: 404,
  quote_changed: 409,
  nothing_due: 409,
  gate_unreachable: 503,
  lane_idle: 409,
  already_corrected: 409,
  // payment
  payment_closed: 409,
  payment_paid: 409,
  provider_unavailable: 503,
  refund_exceeds_paid: 422,
  refund_in_progress: 409,
  payer_unknown: 422,
  // fapiao
  credit_code_invalid: 422,
  title_limit_reached: 422,
  nothing_to_invoice: 422,
  already_invoiced: 409,
  fapiao_not_issued: 409,
  fapiao_state: 409,
  // staff
  sign_in_failed: 401,
  account_locked: 423,
  totp_wrong: 401,
  account_exists: 409,
  last_administrator: 409,
  own_account: 409,
  // operations
  export_too_large: 422,
  export_not_ready: 409,
} as const satisfies Record<string, number>

export type RefusalCode = keyof typeof refusalStatus

/** Refusals that any endpoint may answer without declaring them. */
export const generalRefusals = [
  'validation_failed', 'idempotency_key_missing', 'unauthenticated', 'session_expired', 'forbidden', 'not_found',
  'idempotency_in_progress', 'payload_too_large', 'idempotency_key_reused', 'rate_limited', 'unavailable',
] as const satisfies readonly RefusalCode[]

/** An expected "no": thrown anywhere below a route, answered as RFC 9457 problem details. `facts` hold no personal data. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly facts: Record<string, unknown>
  constructor(code: RefusalCode, facts: Record<string, unknown> = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.facts = facts
  }
}

/** Throws when a pure rule answered a refusal code, passes when it answered null. */
export function refuseUnless(verdict: RefusalCode | null, facts: Record<string, unknown> = {}): void {
  if (verdict) throw new Refusal(verdict, facts)
}
