import { notice } from '@atrium/schema/notice.ts'
import { addDays, businessDay, startOfBusinessDay } from '@atrium/shared/time.ts'
import { insertRows } from '../insert.ts'
import { daysAgo, type DemoStaff, type World } from '../world.ts'

interface NoticeSeed {
  kind: 'notice' | 'event' | 'urgent'
  state: 'draft' | 'published' | 'withdrawn'
  art: string
  title: [string, string]
  summary: [string, string]
  body: [string, string]
  place: [zh: string, en: string] | null
  /** Days from today and hours of the day, or null. */
  when: [day: number, from: number, until: number] | null
  publishedDaysAgo: number
}

const seeds: NoticeSeed[] = [
  {
    kind: 'event', state: 'published', art: 'market', title: ['云龙湖畔冬日市集', 'Winter market by Yunlong Lake'], summary: ['一楼中庭 · 36 个摊位', 'Level 1 atrium · 36 stalls'], place: ['一楼中庭', 'Level 1 atrium'], when: [1, 16, 21], publishedDaysAgo: 2,
    body: ['三十六个摊位：糖画、热红酒、羊毛手套、本地酱菜。会员凭会员码领一杯热姜茶，送完为止。', 'Thirty-six stalls: sugar painting, mulled wine, woollen gloves, local pickles. Members get a cup of hot ginger tea while it lasts.'],
  },
  {
    kind: 'event', state: 'published', art: 'tea', title: ['围炉读诗', 'Poems by the fire'], summary: ['半亩书店 · 二十席', 'Half-Acre Books · 20 seats'], place: ['L2 半亩书店', 'L2 Half-Acre Books'], when: [2, 15, 17], publishedDaysAgo: 4,
    body: ['读苏轼在徐州写的十二首。每人一壶茶，读到哪首算哪首。', 'Twelve poems that Su Shi wrote in Xuzhou. A pot of tea each; we stop where we stop.'],
  },
  {
    kind: 'event', state: 'published', art: 'rubbing', title: ['汉画拓印 · 亲子', 'Han rubbing for families'], summary: ['余 4 席', '4 places left'], place: ['L3 汉画拓印馆', 'L3 Han Rubbing Hall'], when: [2, 10, 12], publishedDaysAgo: 5,
    body: ['大人扶纸，孩子上墨，一小时拓一匹汉代的马带回家。', 'Grown-ups hold the paper, children ink it: an hour for a Han horse to take home.'],
  },
  {
    kind: 'event', state: 'published', art: 'music', title: ['周五中庭音乐会', 'Friday atrium concert'], summary: ['弦乐四重奏', 'String quartet'], place: ['一楼中庭', 'Level 1 atrium'], when: [0, 19, 20], publishedDaysAgo: 6,
    body: ['四位本地乐手，四十分钟，不用票。三层栏杆边听得最清楚。', 'Four local players, forty minutes, no ticket. The Level 3 railing hears best.'],
  },
  {
    kind: 'event', state: 'published', art: 'kids', title: ['积木城市周', 'City of bricks'], summary: ['一起搭一米高的云龙山', 'Build a one-metre Yunlong Hill'], place: ['L3 小象积木', 'L3 Little Elephant Bricks'], when: [5, 10, 20], publishedDaysAgo: 8,
    body: ['每个孩子放一块，周日晚上点灯。', 'Every child adds a brick; the lights go on on Sunday night.'],
  },
  {
    kind: 'notice', state: 'published', art: 'notice', title: ['P1 B2 区充电桩扩容完成', 'More chargers on P1 B2'], summary: ['新增 24 个快充车位', '24 fast bays added'], place: ['P1 B2·D', 'P1 B2·D'], when: null, publishedDaysAgo: 9,
    body: ['D 区新增二十四个快充车位，充电期间停车费照常计算。', 'Twenty-four fast bays in zone D. Parking is charged as usual while you charge.'],
  },
  {
    kind: 'notice', state: 'published', art: 'notice', title: ['元旦营业时间', 'New Year hours'], summary: ['12 月 31 日延至 24:00', 'Open until midnight on 31 December'], place: null, when: null, publishedDaysAgo: 12,
    body: ['12 月 31 日全场营业至 24:00，1 月 1 日 10:30 开门。', 'Open until midnight on 31 December, and from 10:30 on 1 January.'],
  },
  {
    kind: 'urgent', state: 'withdrawn', art: 'notice', title: ['北门临时关闭', 'North door closed'], summary: ['地面修补，已恢复', 'Repairs, done'], place: ['北门', 'North door'], when: null, publishedDaysAgo: 30,
    body: ['地面修补，请走南门。', 'Repairs under way; please use the South Door.'],
  },
  {
    kind: 'event', state: 'draft', art: 'music', title: ['跨年倒数', 'Countdown'], summary: ['策划中', 'Being planned'], place: ['一楼中庭', 'Level 1 atrium'], when: [41, 22, 24], publishedDaysAgo: 0,
    body: ['流程与安保方案待定。', 'Programme and safety plan to follow.'],
  },
]

/** Notices and events around today. */
export const buildNotices = async (world: World, staff: readonly DemoStaff[]): Promise<void> => {
  const author = staff.find(s => s.role === 'marketing')!
  const today = businessDay(world.now)
  const hour = (day: number, h: number) => new Date(startOfBusinessDay(addDays(today, day)).getTime() + h * 3_600_000)
  await insertRows(world.connection, notice, seeds.map(seed => {
    const written = daysAgo(world, seed.publishedDaysAgo + 1)
    const published = daysAgo(world, seed.publishedDaysAgo)
    return {
      noticeId: world.id(written), mallId: world.mallId, kind: seed.kind, state: seed.state, title: seed.title[0], titleEn: seed.title[1], summary: seed.summary[0], summaryEn: seed.summary[1], body: seed.body[0], bodyEn: seed.body[1], art: seed.art, place: seed.place?.[0] ?? null, placeEn: seed.place?.[1] ?? null,
      startsAt: seed.when && hour(seed.when[0], seed.when[1]), endsAt: seed.when && hour(seed.when[0], seed.when[2]), publishedAt: seed.state === 'draft' ? null : published, createdById: author.staffId, createdBy: author.name, createdAt: written, updatedAt: published,
    }
  }))
}
