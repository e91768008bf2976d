import { identityContract } from '@atrium/shared/identity/contract.ts'
import { handlers } from '../http/handlers.ts'
import { listSessions, refreshSession, revokeSession, sendCode, signInByAlipay, signInBySms, signInByWechat, signOut } from './service.ts'

export const identityRoutes = handlers(identityContract, {
  'POST /api/identity/wechat/sign-in': async (ctx, { body }) => signInByWechat(ctx, body),
  'POST /api/identity/alipay/sign-in': async (ctx, { body }) => signInByAlipay(ctx, body),
  'POST /api/identity/sms/send': async (ctx, { body }) => sendCode(ctx, body.phone),
  'POST /api/identity/sms/sign-in': async (ctx, { body }) => signInBySms(ctx, body),
  'POST /api/identity/refresh': async (ctx, { body }) => refreshSession(ctx, body.refreshToken),
  'GET /api/identity/sessions': async (ctx) => listSessions(ctx),
  'DELETE /api/identity/sessions/{sessionId}': async (ctx, { params }) => {
    await revokeSession(ctx, params.sessionId)
    return { ok: true as const }
  },
  'POST /api/identity/sign-out': async (ctx, { body }) => {
    await signOut(ctx, body.everywhere)
    return { ok: true as const }
  },
})
