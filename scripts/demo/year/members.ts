import { consents } from '@atrium/schema/privacy.ts'
import { members, memberships } from '@atrium/schema/identity.ts'
import { parkingPlates } from '@atrium/schema/parking.ts'
import { withCheckDigit } from '@atrium/shared/check-digit.ts'
import type { Tier } from '@atrium/shared/member/rules.ts'
import { blindIndexOf, seal } from '../../../bff/src/db/sealed.ts'
import { notice, noticeHash } from '../../../bff/src/privacy/notice.ts'
import { insertRows } from '../insert.ts'
import { daysAgo, type World } from '../world.ts'
import type { Calendar } from './days.ts'

export interface DemoMember {
  memberId: string
  memberNumber: string
  /** 1990516 and the member's place: valid in form, and nobody's number that we know of. */
  phone: string
  nickname: string
  channel: 'weapp' | 'alipay' | 'h5'
  joinedAt: Date
  plates: string[]
  /** How many purchases a year, and how dear. */
  spends: { times: number; yuan: number }
  /** Grows as the year is told. */
  tier: Tier
  tierSince: Date
}

const surnames = '林陈苏周许顾沈唐孟韩吕裴白叶马方程陆姜傅江夏秦温宋贺乔黎柳邵祁罗郑谢范崔'
const given = ['小满', '知夏', '念安', '亦然', '清和', '远舟', '若溪', '南星', '予安', '砚池', '听澜', '疏影', '望舒', '子衿', '长风', '晚晴', '青禾', '云起', '景行', '嘉树', '与归', '初一', '思齐', '凌霄', '明远', '雨棠', '一诺', '星河', '安歌', '见山', '向晚', '司南', '怀瑾', '沐阳', '乐之', '令仪', '今朝', '松月', '可人', '有鱼']

/** Three people whom the demo introduces by name. */
const known: (Pick<DemoMember, 'nickname' | 'plates' | 'spends' | 'channel'> & { joinedDaysAgo: number })[] = [
  { nickname: '林小满', plates: ['苏C8K6Q2'], spends: { times: 16, yuan: 330 }, channel: 'h5', joinedDaysAgo: 330 },
  { nickname: '周念安', plates: [], spends: { times: 26, yuan: 640 }, channel: 'weapp', joinedDaysAgo: 350 },
  { nickname: '陈知夏', plates: [], spends: { times: 3, yuan: 80 }, channel: 'alipay', joinedDaysAgo: 60 },
]

/** Members with their plates; a third joined before the year began, the others in its course. */
export const planMembers = (world: World, calendar: Calendar, newPlate: () => string): DemoMember[] => {
  const { random } = world
  const numbers = new Set<string>()
  const memberNumber = () => {
    for (;;) {
      const number = withCheckDigit(`8${random.digits(8)}`)
      if (numbers.size < numbers.add(number).size) return number
    }
  }
  return Array.from({ length: world.size.members }, (_, i): DemoMember => {
    const person = known[i]
    const joinedAt = person ? daysAgo(world, person.joinedDaysAgo) : random.chance(0.35) ? daysAgo(world, random.int(363, 390)) : calendar.moment()
    const level = random.weighted([['low', 80], ['gold', 15], ['crimson', 5]] as const)
    const spends = { low: { times: random.int(1, 7), yuan: random.int(60, 180) }, gold: { times: random.int(9, 15), yuan: random.int(280, 420) }, crimson: { times: random.int(18, 27), yuan: random.int(520, 760) } }[level]
    const share = (world.now.getTime() - joinedAt.getTime()) / (365 * 86_400_000)
    return {
      memberId: world.id(joinedAt), memberNumber: memberNumber(), phone: `1990516${String(i).padStart(4, '0')}`, nickname: person?.nickname ?? random.pick([...surnames]) + random.pick(given),
      channel: person?.channel ?? random.weighted([['weapp', 70], ['alipay', 16], ['h5', 14]] as const), joinedAt, tier: 'silver', tierSince: joinedAt,
      plates: person?.plates.length ? person.plates : random.chance(0.82) ? Array.from({ length: random.chance(0.12) ? 2 : 1 }, newPlate) : [],
      spends: person ? person.spends : { times: Math.max(1, Math.round(spends.times * Math.min(1, share))), yuan: spends.yuan },
    }
  })
}

export interface Seen { lastSeenAt: Date | null; visits: number }

/** Writes people, memberships, consents and plates. `seen` tells what their year came to. */
export const writeMembers = async (world: World, list: readonly DemoMember[], seen: (memberId: string) => Seen): Promise<void> => {
  const { connection, deps, mallId, random } = world
  await insertRows(connection, members, list.map((m, i) => ({
    memberId: m.memberId, memberNumber: m.memberNumber, phone: seal({ deps }, 'members.phone', m.phone), phoneIndex: blindIndexOf({ deps }, 'members.phone', m.phone), nickname: m.nickname,
    language: i > 2 && random.chance(0.03) ? 'en' as const : 'zh-CN' as const, elderView: i > 2 && random.chance(0.06), joinedAt: m.joinedAt, createdAt: m.joinedAt,
  })))
  await insertRows(connection, memberships, list.map(m => ({ mallId, memberId: m.memberId, tier: m.tier, tierSince: m.tierSince, channel: m.channel, joinedAt: m.joinedAt, ...seen(m.memberId), createdAt: m.joinedAt })))
  await insertRows(connection, consents, list.map(m => ({ consentId: world.id(m.joinedAt), mallId, memberId: m.memberId, purpose: 'membership' as const, granted: true, version: notice.version, noticeHash, channel: m.channel, requestId: `demo-${m.memberNumber}`, at: m.joinedAt, createdAt: m.joinedAt })))
  await insertRows(connection, parkingPlates, list.flatMap(m => m.plates.map(plate => {
    const index = blindIndexOf({ deps }, 'parkingPlates.plate', plate)
    return { plateId: world.id(m.joinedAt), mallId, memberId: m.memberId, plate: seal({ deps }, 'parkingPlates.plate', plate), plateIndex: index, boundIndex: index, boundAt: m.joinedAt, createdAt: m.joinedAt }
  })))
}
