import { privacyContract } from '@atrium/shared/privacy/contract.ts'
import { memberOf } from '../context.ts'
import { handlers } from '../http/handlers.ts'
import { changeConsent, consentsOf, noticeInForce } from './service.ts'

export const privacyRoutes = handlers(privacyContract, {
  'GET /api/privacy/notice': async () => noticeInForce(),
  'GET /api/privacy/consents': async (ctx) => consentsOf(ctx, memberOf(ctx).memberId),
  'POST /api/privacy/consents': async (ctx, { body }) => {
    const { memberId, channel } = memberOf(ctx)
    await changeConsent(ctx, memberId, channel, body)
    return { ok: true as const }
  },
})
