import type { Category, ShopSeed } from '../catalogue/shop.ts'
import type { Random } from '../random.ts'

const scenes: Record<Category, [string, string][]> = {
  dining: [['明厨，灶台对着客人。', 'An open kitchen faces the tables.'], ['食材产地写在墙上，每周一换。', 'Where the ingredients come from is on the wall, changed each Monday.'], ['两人位居多，四人以上请先取号。', 'Mostly tables for two; larger groups take a number first.'], ['可外带，打包盒可降解。', 'Food to go comes in compostable boxes.']],
  fashion: [['试衣间宽一米五，轮椅可进。', 'Fitting rooms are wide enough for a wheelchair.'], ['七天内吊牌在即可退换。', 'Exchanges within seven days with the tag on.'], ['改衣师傅每天下午在店。', 'A tailor is in every afternoon.']],
  life: [['店员记得常客的习惯。', 'The staff know what regulars like.'], ['重物送到车位，免费。', 'Heavy things are carried to your bay, free.'], ['周三会员日有小样。', 'Samples for members on Wednesdays.']],
  kids: [['桌角都是圆的，地面每天消毒两次。', 'Round corners, and floors cleaned twice a day.'], ['家长区看得见孩子。', 'Parents can see their children from their seats.'], ['婴儿车可以推进来。', 'Prams come right in.']],
  beauty: [['一客一换，器具当面拆封。', 'Fresh tools for every guest, opened before you.'], ['护理师证照挂在墙上。', 'Licences hang on the wall.'], ['不推销，想停就停。', 'No selling; stop whenever you like.']],
  culture: [['晚场比白天安静。', 'Evenings are quieter than days.'], ['新手也能坐下来。', 'Beginners are welcome to sit down.'], ['每月最后一个周日有活动。', 'Something happens on the last Sunday of the month.']],
}
const sides: Record<string, [string, string]> = { B1: ['下沉广场一侧', 'by the sunken plaza'], L1: ['中庭边', 'by the atrium'], L2: ['连桥与中庭之间', 'between the bridge and the atrium'], L3: ['天窗下', 'under the skylight'], L4: ['影院同层', 'on the cinema level'] }

/** What a shop says about itself, in both languages. */
export const describe = (random: Random, shop: ShopSeed, floor: string, unit: string): { description: string; descriptionEn: string } => {
  const [first, second] = random.shuffle(scenes[shop.category])
  const side = sides[floor]!
  return {
    description: `${shop.summary}。店在 ${unit}，${side[0]}。${first![0]}${second![0]}`,
    descriptionEn: `${shop.summaryEn}. At ${unit}, ${side[1]}. ${first![1]} ${second![1]}`,
  }
}
