import { endOf, gateAnswerMs, gateTries, isInside, laneSilentMs, retryAfterMs } from '@atrium/shared/parking/rules.ts'
import { formatPlate } from '@atrium/shared/plate.ts'
import type { Ctx } from '../context.ts'
import { newId } from '../db/id.ts'
import { announce } from '../outbox/announce.ts'
import { endInvoicePeriod } from '../payment/service.ts'
import { type CommandRow, dropCommands, findCommand, insertCommand, updateCommand } from './store/gates.ts'
import { type LaneRow, findLane, lanesAwaiting, updateLane } from './store/places.ts'
import { type SessionRow, lockSession } from './store/sessions.ts'
import { type Words, move, tell } from './trail.ts'
import { priceNow } from './quotes.ts'

/** Changes what a lane shows and tells the control room. */
export async function showLane(ctx: Ctx, laneId: string, change: Partial<LaneRow>): Promise<void> {
  await updateLane(ctx, laneId, change)
  await announce(ctx, 'lane.changed', { laneId, ...(change.state && { state: change.state }) })
}

export const clearLane: Partial<LaneRow> = { state: 'closed', plate: null, confidence: null, note: '', noteEn: '', parkingId: null, readingId: null, dueFen: null }

/** Whether the camera of a lane has not been heard for so long that it counts as off-line. */
export const isSilent = (lane: LaneRow, now: Date): boolean => lane.lastSeenAt === null || now.getTime() - lane.lastSeenAt.getTime() > laneSilentMs

export type Opening = { kind: CommandRow['kind']; parkingId: string | null; readingId?: string | null; vendorPlateId?: string | null; byName?: string | null; reason?: string | null }

/**
 * Tells the barrier of a lane to open: in the `reply` to the camera that just reported, or by an order that it fetches. What the lane was told
 * before no longer counts. Answers the command's id; the opening is done when the barrier says so.
 */
export async function openBarrier(ctx: Ctx, laneId: string, via: 'reply' | 'fetch', opening: Opening): Promise<string> {
  await dropCommands(ctx, laneId)
  const commandId = newId(ctx.now)
  const sent = via === 'reply'
  await insertCommand(ctx, { commandId, laneId, ...opening, state: sent ? 'sent' : 'queued', tries: sent ? 1 : 0, sentAt: sent ? ctx.now : null, dueAt: sent ? new Date(ctx.now.getTime() + gateAnswerMs) : ctx.now })
  return commandId
}

/** A car that waits at an exit and has just been paid for: its barrier is told to open. */
export async function openForPaid(ctx: Ctx, session: SessionRow): Promise<void> {
  if (!session.exitLaneId) return
  const lane = await findLane(ctx, session.exitLaneId)
  if (!lane || lane.parkingId !== session.parkingId || lane.state !== 'waiting_payment') return
  await openBarrier(ctx, lane.laneId, 'fetch', { kind: 'exit', parkingId: session.parkingId })
  await move(ctx, session, 'leaving', { act: '付款后放行', actEn: 'Paid, let out', detail: lane.name })
  await showLane(ctx, lane.laneId, { state: 'opening', barrier: 'moving', dueFen: null, note: '已付款，正在开闸', noteEn: 'Paid, opening' })
}

/** Whether another car came into the lane since this command: word of it that comes late does not take that one's place. */
const isOvertaken = (lane: LaneRow, command: CommandRow | undefined): boolean => command !== undefined && lane.parkingId !== null && command.parkingId !== lane.parkingId

/** The barrier says that it opened: the command is done, and a stay that was to leave is over. A second word changes nothing. */
export async function opened(ctx: Ctx, lane: LaneRow, command: CommandRow | undefined): Promise<void> {
  await showLane(ctx, lane.laneId, isOvertaken(lane, command) ? { barrier: 'up' } : { barrier: 'up', state: 'open', note: '', noteEn: '', dueFen: null })
  if (!command || command.openedAt) return
  await updateCommand(ctx, command.commandId, { state: 'opened', openedAt: ctx.now })
  if (!command.parkingId) return
  const session = await lockSession(ctx, command.parkingId)
  if (!session) return
  if (command.kind === 'entry' || lane.kind === 'entry') return tell(ctx, session.parkingId, { act: '入口道闸已开', actEn: 'Entry barrier opened', detail: lane.name, by: command.byName })
  if (!isInside(session.state)) return tell(ctx, session.parkingId, { act: '道闸回执迟到', actEn: 'Late word of the barrier', detail: lane.name })
  await endStay(ctx, session, ctx.now, (unpaidFen) => unpaidFen > 0
    ? { act: '未付款，人工放行', actEn: 'Let out unpaid by hand', detail: `${lane.name} · ¥${(unpaidFen / 100).toFixed(2)}`, by: command.byName }
    : { act: '道闸已开，离场', actEn: 'Barrier opened, left', detail: lane.name, by: command.byName })
}

/** Ends a stay whose car has gone at `exitAt`: settled it is closed, with money due it has escaped. Its invoices name the time, and no lane waits for it. */
export async function endStay(ctx: Ctx, session: SessionRow, exitAt: Date, words: (unpaidFen: number) => Words): Promise<SessionRow> {
  const { dueFen } = await priceNow({ ...ctx, now: exitAt }, session)
  const state = endOf(session.state, dueFen)
  const ended = await move(ctx, session, state, words(state === 'escaped' ? dueFen : 0), { exitAt })
  await endInvoicePeriod(ctx, 'parking', session.parkingId, exitAt)
  for (const { laneId } of await lanesAwaiting(ctx, session.parkingId)) await showLane(ctx, laneId, { ...clearLane, barrier: 'down' })
  return ended
}

/**
 * The bar is down again: the lane is free, unless the next car is being served in it. A bar that comes down after a command went up for it:
 * when the word of its opening was lost, this one proves it, and nobody is let out twice or paid back for a stay that is over.
 */
export async function closed(ctx: Ctx, lane: LaneRow, named: CommandRow | undefined): Promise<void> {
  const unproven = named?.state === 'sent' && named.openedAt === null
  if (unproven) await opened(ctx, lane, named)
  await showLane(ctx, lane.laneId, lane.state === 'open' || (unproven && !isOvertaken(lane, named)) ? { ...clearLane, barrier: 'down' } : { barrier: 'down' })
}

/** A command that was not carried out: told again after a while, three times in all, then a person is called and a paid stay is stuck. */
export async function notOpened(ctx: Ctx, lane: LaneRow, commandId: string, why: 'jammed' | 'silent' | 'unfetched'): Promise<void> {
  const command = await findCommand(ctx, commandId)
  if (!command || command.openedAt || command.state === 'failed') return
  const wait = why === 'unfetched' ? null : retryAfterMs(command.tries)
  if (wait !== null) {
    await updateCommand(ctx, commandId, { state: 'queued', dueAt: new Date(ctx.now.getTime() + (why === 'jammed' ? wait : 0)) })
    await showLane(ctx, lane.laneId, { state: 'opening', note: why === 'jammed' ? `道闸卡住，第 ${command.tries} 次重试` : `道闸未回执，第 ${command.tries} 次重试`, noteEn: why === 'jammed' ? `Barrier jammed, retry ${command.tries}` : `No word of the barrier, retry ${command.tries}` })
    return
  }
  await updateCommand(ctx, commandId, { state: 'failed' })
  await showLane(ctx, lane.laneId, { state: 'jammed', barrier: 'down', note: why === 'jammed' ? '道闸卡住' : '道闸未回执', noteEn: why === 'jammed' ? 'Barrier jammed' : 'No word of the barrier' })
  const session = command.parkingId ? await lockSession(ctx, command.parkingId) : undefined
  if (session?.state === 'leaving') await move(ctx, session, 'stuck', { act: '道闸未能打开', actEn: 'The barrier did not open', detail: `${lane.name} · ${formatPlate(session.plate)}` })
}

/** Hands a queued command out to the camera that asks, and expects the barrier's word in growing time. */
export async function handOut(ctx: Ctx, command: CommandRow): Promise<void> {
  const tries = Math.min(command.tries + 1, gateTries)
  await updateCommand(ctx, command.commandId, { state: 'sent', tries, sentAt: ctx.now, dueAt: new Date(ctx.now.getTime() + gateAnswerMs * 2 ** (tries - 1)) })
}
