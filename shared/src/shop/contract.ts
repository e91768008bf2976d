import { z } from 'zod'
import { can, contract } from '../contract.ts'
import { Id, Iso, Reason, listQuery, listReply } from '../pieces.ts'

export const Shop = z.object({
  shopId: Id, storeId: Id, tenantId: Id, name: z.string(), nameEn: z.string(), initial: z.string().length(1), initials: z.string(), floor: z.string(), unit: z.string(), tradeCategory: z.string(), tradeCategoryName: z.string(), tradeCategoryNameEn: z.string(),
  /** SVG markup of the drawn mark, 44 × 44. */
  logo: z.string(), summary: z.string(), summaryEn: z.string(), opensAt: z.string(), closesAt: z.string(), openNow: z.boolean(), tags: z.array(z.string()), averageSpendFen: z.int().nullable(), offer: z.string().nullable(), offerEn: z.string().nullable(),
})
export const ShopDetail = Shop.extend({ description: z.string(), descriptionEn: z.string(), phone: z.string().nullable(), coupons: z.array(z.object({ templateId: Id, title: z.string(), titleEn: z.string(), face: z.string(), faceEn: z.string() })) })
const AdminShop = Shop.extend({ tenantName: z.string(), status: z.enum(['open', 'fitting', 'closed']), updatedAt: Iso })

export const shopContract = contract({
  'GET /api/shops': {
    who: 'guest', summary: 'Shops by floor, trade category, pinyin initial or text (name, English name, pinyin)',
    query: listQuery(['name', 'floor'], { floor: z.string().max(4).optional(), tradeCategory: z.string().max(20).optional(), initial: z.string().regex(/^[A-Z]$/).optional() }),
    reply: listReply(Shop), refuses: [],
  },
  'GET /api/shops/{shopId}': { who: 'guest', summary: 'One shop with its coupons', reply: ShopDetail, refuses: [] },
  'GET /admin/shops': {
    who: can('shop.read'), within: 'store', summary: 'Shops with tenant and status',
    query: listQuery(['name', 'floor', 'updatedAt'], { floor: z.string().max(4).optional(), tradeCategory: z.string().max(20).optional(), status: z.enum(['open', 'fitting', 'closed']).optional() }),
    reply: listReply(AdminShop), refuses: [],
  },
  'PATCH /admin/shops/{shopId}': {
    who: can('shop.edit'), within: 'mall', idempotent: true, summary: 'Change what visitors see of a shop',
    body: z.object({ name: z.string().trim().min(1).max(40).optional(), nameEn: z.string().trim().min(1).max(60).optional(), summary: z.string().trim().max(80).optional(), summaryEn: z.string().trim().max(160).optional(), opensAt: z.string().regex(/^\d\d:\d\d$/).optional(), closesAt: z.string().regex(/^\d\d:\d\d$/).optional(), status: z.enum(['open', 'fitting', 'closed']).optional(), reason: Reason }),
    reply: AdminShop, refuses: [],
  },
})
