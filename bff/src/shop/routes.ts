import { shopContract } from '@atrium/shared/shop/contract.ts'
import { handlers } from '../http/handlers.ts'
import { type OffersByStore, browseShops, editShop, listShopsForStaff, showShop } from './service.ts'

/** `offers` says which coupons a store takes. */
export const shopRoutes = (offers: OffersByStore) => handlers(shopContract, {
  'GET /api/shops': (ctx, { query }) => browseShops(ctx, query, offers),
  'GET /api/shops/{shopId}': (ctx, { params }) => showShop(ctx, params.shopId, offers),
  'GET /admin/shops': (ctx, { query }) => listShopsForStaff(ctx, query),
  'PATCH /admin/shops/{shopId}': (ctx, { params, body }) => editShop(ctx, params.shopId, body),
})
