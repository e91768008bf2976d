import type { Reply, Row } from '../platform/api.ts'
import type { BarrierPose } from '../ui/BarrierDrawing.vue'
import type { Tone } from '../ui/Tag.vue'

export type Lane = Reply<'GET /admin/parking/lanes'>['items'][number]
export type Alarm = Reply<'GET /admin/parking/alarms'>['items'][number]
export type Reading = Reply<'GET /admin/parking/readings'>['items'][number]
export type Parking = Row<'GET /admin/parking/sessions'>
export type ParkingState = Parking['state']

export const parkingStates: readonly ParkingState[] = ['open', 'paid', 'leaving', 'closed', 'escaped', 'stuck', 'refunded', 'void']
export const parkingTone: Record<ParkingState, Tone> = { open: 'info', paid: 'good', leaving: 'good', closed: 'plain', escaped: 'bad', stuck: 'bad', refunded: 'value', void: 'plain' }

type LaneState = Lane['state']
export const laneTone: Record<LaneState, Tone> = { closed: 'plain', opening: 'good', open: 'good', waiting_payment: 'warn', jammed: 'bad', offline: 'bad' }
export const isFault = (lane: Pick<Lane, 'state'>): boolean => lane.state === 'jammed' || lane.state === 'offline'

/** The arm as the card draws it: a fault stays down with a red lamp, whatever the barrier last said. */
export const poseOf = (lane: Pick<Lane, 'state' | 'barrier'>): BarrierPose => (isFault(lane) ? 'fault' : lane.barrier)

const order: Record<LaneState, number> = { jammed: 0, offline: 1, waiting_payment: 2, opening: 3, open: 3, closed: 4 }
/** Faults first, then lanes where someone waits, then the rest by name: the order a person looks. */
export const byUrgency = (lanes: readonly Lane[]): Lane[] => [...lanes].sort((a, b) => order[a.state] - order[b.state] || a.name.localeCompare(b.name, 'zh'))
