import type { FloorShape } from '../mall/plan.ts'
import { b1 } from './b1.ts'
import { l1 } from './l1.ts'
import { l2 } from './l2.ts'
import { l3 } from './l3.ts'
import { l4 } from './l4.ts'
import type { ShopSeed } from './shop.ts'

export interface FloorSeed { code: string; name: string; nameEn: string; theme: string; themeEn: string; shape: Omit<FloorShape, 'code'>; shops: ShopSeed[] }

export const floorSeeds: FloorSeed[] = [
  { code: 'B1', name: '地下一层', nameEn: 'Basement 1', theme: '鲜食与小吃', themeEn: 'Fresh food and bites', shape: { top: 6, diagonal: 4, right: 3, bottom: 5, left: 3, islands: 4 }, shops: b1 },
  { code: 'L1', name: '一层', nameEn: 'Level 1', theme: '名品与美护', themeEn: 'Names and beauty', shape: { top: 5, diagonal: 3, right: 3, bottom: 4, left: 3, islands: 3 }, shops: l1 },
  { code: 'L2', name: '二层', nameEn: 'Level 2', theme: '生活与穿搭', themeEn: 'Living and wear', shape: { top: 6, diagonal: 4, right: 3, bottom: 5, left: 3, islands: 3 }, shops: l2 },
  { code: 'L3', name: '三层', nameEn: 'Level 3', theme: '文艺与亲子', themeEn: 'Arts and children', shape: { top: 5, diagonal: 4, right: 3, bottom: 5, left: 3, islands: 3 }, shops: l3 },
  { code: 'L4', name: '四层', nameEn: 'Level 4', theme: '餐饮与影院', themeEn: 'Tables and cinema', shape: { top: 5, diagonal: 4, right: 3, bottom: 4, left: 3, islands: 3 }, shops: l4 },
]

export const categorySeeds = [
  { code: 'dining', name: '餐饮', nameEn: 'Dining' }, { code: 'fashion', name: '服饰', nameEn: 'Fashion' }, { code: 'life', name: '生活', nameEn: 'Living' },
  { code: 'kids', name: '亲子', nameEn: 'Kids' }, { code: 'beauty', name: '美护', nameEn: 'Beauty' }, { code: 'culture', name: '文娱', nameEn: 'Leisure' },
] as const
