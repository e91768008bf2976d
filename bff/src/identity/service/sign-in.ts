import { randomInt } from 'node:crypto'
import { withCheckDigit } from '@atrium/shared/check-digit.ts'
import type { Input, Reply } from '@atrium/shared/contracts.ts'
import type { Ctx, MemberCaller } from '../../context.ts'
import { duplicateKey } from '../../db/errors.ts'
import { newId } from '../../db/id.ts'
import { blindIndexOf, seal } from '../../db/sealed.ts'
import { inTransaction } from '../../db/transaction.ts'
import { announce } from '../../outbox/announce.ts'
import { recordConsent, refuseUnagreed } from '../../privacy/service.ts'
import type { ChannelIdentity } from '../channels.ts'
import { type Provider, findAccount, findMemberByPhone, insertMember, insertMembership, linkAccount } from '../store/people.ts'
import { phoneIndexOf } from './people.ts'
import { type Session, openSession } from './sessions.ts'

type Outcome = Reply<'POST /api/identity/wechat/sign-in'>
type Agreed = { noticeVersion?: string | undefined; device?: string | undefined }

/** WeChat: the code of wx.login, and for who is not known yet the code of the phone button. */
export async function signInByWechat(ctx: Ctx, body: Input<'POST /api/identity/wechat/sign-in'>['body']): Promise<Outcome> {
  const { wechat } = ctx.deps.channels
  const account = await wechat.identify(body.code)
  return signInByAccount(ctx, { provider: 'wechat', channel: 'weapp' }, account, body.phoneCode === undefined ? null : () => wechat.phoneOf(body.phoneCode!), body)
}

/** Alipay: the code of my.getAuthCode, and for who is not known yet the sealed reply of my.getPhoneNumber. */
export async function signInByAlipay(ctx: Ctx, body: Input<'POST /api/identity/alipay/sign-in'>['body']): Promise<Outcome> {
  const { alipay } = ctx.deps.channels
  const account = await alipay.identify(body.authCode)
  return signInByAccount(ctx, { provider: 'alipay', channel: 'alipay' }, account, body.phoneResponse === undefined ? null : () => alipay.phoneOf(body.phoneResponse!), body)
}

async function signInByAccount(ctx: Ctx, by: { provider: Provider; channel: 'weapp' | 'alipay' }, account: ChannelIdentity, askPhone: (() => Promise<string>) | null, agreed: Agreed): Promise<Outcome> {
  const indexes = accountIndexes(ctx, by.provider, account)
  const known = await findAccount(ctx.db, by.provider, indexes)
  if (!known && !askPhone) return { outcome: 'phone_needed' }
  // Consent stands before the first personal datum: without it the phone is not even asked for.
  if (!known) refuseUnagreed(agreed.noticeVersion)
  const phone = known ? null : await askPhone!()
  const session = await inTransaction(ctx, async (tx) => {
    const person = known ? { memberId: known.memberId, isNew: false } : await personOf(tx, phone!, by.channel)
    if (!known?.own) await link(tx, person.memberId, by.provider, account, indexes)
    const joined = await becomeMember(tx, person, by.channel)
    return openSession(tx, { memberId: person.memberId, channel: by.channel, device: agreed.device, joined })
  })
  return { outcome: 'signed_in', session }
}

/** Signs in who proved to hold a phone number (SMS); a person who is new must have agreed to the notice. Call in a transaction. */
export async function signInByPhone(tx: Ctx, phone: string, channel: 'h5' | 'kiosk', agreed: Agreed): Promise<Session> {
  const person = await personOf(tx, phone, channel)
  const joined = await becomeMember(tx, person, channel)
  return openSession(tx, { memberId: person.memberId, channel, device: agreed.device, joined })
}

/** Whether a phone number belongs to a member already. */
export const isKnownPhone = async (ctx: Ctx, phone: string): Promise<boolean> => (await findMemberByPhone(ctx.db, phoneIndexOf(ctx, phone))) !== null

function accountIndexes(ctx: Ctx, provider: Provider, { openId, unionId }: ChannelIdentity) {
  return { openIdIndex: blindIndexOf(ctx, `channelAccounts.openId.${provider}`, openId), unionIdIndex: unionId ? blindIndexOf(ctx, `channelAccounts.unionId.${provider}`, unionId) : null }
}

const link = (tx: Ctx, memberId: string, provider: Provider, { openId, unionId }: ChannelIdentity, indexes: ReturnType<typeof accountIndexes>) =>
  linkAccount(tx.db, {
    accountId: newId(tx.now), memberId, provider, ...indexes, openId: seal(tx, 'channelAccounts.openId', openId), unionId: unionId ? seal(tx, 'channelAccounts.unionId', unionId) : null, linkedAt: tx.now,
  })

/** The person with this phone, made when there is none: the unique blind index lets two channels at once make one. */
async function personOf(tx: Ctx, phone: string, channel: MemberCaller['channel']): Promise<{ memberId: string; isNew: boolean }> {
  const phoneIndex = phoneIndexOf(tx, phone)
  const found = await findMemberByPhone(tx.db, phoneIndex)
  if (found) return { memberId: found.memberId, isNew: false }
  const memberId = newId(tx.now)
  for (;;) {
    try {
      await insertMember(tx.db, { memberId, memberNumber: newMemberNumber(), phone: seal(tx, 'members.phone', phone), phoneIndex, nickname: `会员${phone.slice(-4)}`, language: 'zh-CN', elderView: false, joinedAt: tx.now })
      await recordConsent(tx, { memberId, purpose: 'membership', granted: true, channel })
      return { memberId, isNew: true }
    } catch (error) {
      const key = duplicateKey(error)
      if (key === 'members_phone') return { memberId: (await findMemberByPhone(tx.db, phoneIndex))!.memberId, isNew: false }
      if (key !== 'members_number') throw error
    }
  }
}

/** Ten digits with a check digit; the first is 8, so it reads as ours. */
const newMemberNumber = (): string => withCheckDigit(`8${String(randomInt(100_000_000)).padStart(8, '0')}`)

/** Makes the person a member of this mall; answers whether that is new. */
async function becomeMember(tx: Ctx, { memberId }: { memberId: string }, channel: MemberCaller['channel']): Promise<boolean> {
  const joined = await insertMembership(tx, { memberId, tier: 'silver', tierSince: tx.now, channel, joinedAt: tx.now, lastSeenAt: tx.now })
  if (joined) await announce(tx, 'member.joined', { memberId, channel })
  return joined
}

