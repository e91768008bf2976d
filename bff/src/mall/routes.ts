import { mallContract } from '@atrium/shared/mall/contract.ts'
import { handlers } from '../http/handlers.ts'
import { getMall, getPlan } from './service.ts'

export const mallRoutes = handlers(mallContract, {
  'GET /api/mall': (ctx) => getMall(ctx),
  'GET /api/mall/floors/{floor}/plan': (ctx, { params }) => getPlan(ctx, params.floor),
})
