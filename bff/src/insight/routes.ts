import { insightContract } from '@atrium/shared/insight/contract.ts'
import { handlers } from '../http/handlers.ts'
import { dashboard } from './service.ts'

export const insightRoutes = handlers(insightContract, { 'GET /admin/dashboard': (ctx) => dashboard(ctx) })
