import { auditContract } from '@atrium/shared/audit/contract.ts'
import { handlers } from '../http/handlers.ts'
import { proveAudit } from './proof.ts'
import { listAudit } from './service.ts'

export const auditRoutes = handlers(auditContract, {
  'GET /admin/audit': (ctx, { query }) => listAudit(ctx, query),
  'GET /admin/audit/proof': (ctx) => proveAudit(ctx),
})
