import { operationsContract } from '@atrium/shared/operations/contract.ts'
import { memberOf, staffOf } from '../context.ts'
import { handlers } from '../http/handlers.ts'
import { downloadExport, requestExport, showExport } from './exports.ts'
import type { Lists } from './lists.ts'
import { follow } from './live.ts'
import { checkInvariants, showInvariants } from './service.ts'

/** `lists` finds the lists that can be exported. */
export const operationsRoutes = (lists: Lists) => handlers(operationsContract, {
  'GET /api/events': async (ctx, _, c) => follow(ctx, memberOf(ctx), c),
  'GET /admin/events': async (ctx, _, c) => follow(ctx, staffOf(ctx), c),
  'GET /admin/invariants': (ctx) => showInvariants(ctx),
  'POST /admin/invariants/run': (ctx) => checkInvariants(ctx),
  'POST /admin/exports': (ctx, { body }) => requestExport(ctx, lists, body),
  'GET /admin/exports/{exportId}': (ctx, { params }) => showExport(ctx, params.exportId),
  'GET /admin/exports/{exportId}/file': (ctx, { params }) => downloadExport(ctx, lists, params.exportId),
})
