import { carParks, parkingLanes, parkingTariffs } from '@atrium/schema/parking.ts'
import type { Tariff } from '@atrium/shared/parking/tariff.ts'
import { DEMO_CAMERAS } from '../../demo-config.ts'
import { insertRows } from '../insert.ts'
import { daysAgo, type World } from '../world.ts'

export interface DemoLane { laneId: string; carParkId: string; kind: 'entry' | 'exit'; name: string; zone: string | null; cameraSerial: string }
export interface DemoCarPark { carParkId: string; code: string; name: string; nameEn: string; address: string; total: number; zones: { name: string; total: number }[]; tariffId: string; tariff: Tariff; lanes: DemoLane[] }

const seeds = [
  {
    code: 'P1', name: 'P1 地下停车场', nameEn: 'P1 underground', address: '江苏省徐州市云龙区和平路 66 号', zones: [{ name: 'B1·A', total: 120 }, { name: 'B1·B', total: 90 }, { name: 'B2·C', total: 130 }, { name: 'B2·D', total: 160 }],
    tariff: { freeMinutes: 30, firstMinutes: 60, firstFen: 500, unitMinutes: 60, unitFen: 300, dayCapFen: 4000, graceMinutes: 15 },
  },
  {
    code: 'P2', name: 'P2 立体车库', nameEn: 'P2 parking deck', address: '江苏省徐州市云龙区民富路 8 号', zones: [{ name: '2F', total: 50 }, { name: '3F', total: 60 }],
    tariff: { freeMinutes: 15, firstMinutes: 60, firstFen: 400, unitMinutes: 60, unitFen: 400, dayCapFen: 3000, graceMinutes: 15 },
  },
] as const

/** Two car parks with their printed tariffs, and one lane for each camera of the simulated world. */
export const buildCarParks = async (world: World): Promise<DemoCarPark[]> => {
  const { connection, mallId } = world
  const createdAt = daysAgo(world, 400)
  const made = seeds.map((seed, position): DemoCarPark & { position: number } => {
    const carParkId = world.id(createdAt)
    const cameras = DEMO_CAMERAS.filter(c => c.carPark === seed.code)
    const lanes = cameras.map((c, i): DemoLane => ({ laneId: world.id(createdAt), carParkId, kind: c.laneKind, name: c.name, cameraSerial: c.serialno, zone: c.laneKind === 'entry' ? seed.zones[i % seed.zones.length]!.name : null }))
    return { carParkId, position, code: seed.code, name: seed.name, nameEn: seed.nameEn, address: seed.address, total: seed.zones.reduce((sum, z) => sum + z.total, 0), zones: [...seed.zones], tariffId: world.id(createdAt), tariff: seed.tariff, lanes }
  })
  await insertRows(connection, carParks, made.map(p => ({ carParkId: p.carParkId, mallId, carParkCode: p.code, name: p.name, nameEn: p.nameEn, address: p.address, total: p.total, zones: p.zones, position: p.position, createdAt })))
  await insertRows(connection, parkingTariffs, made.map(p => ({ tariffId: p.tariffId, mallId, carParkId: p.carParkId, name: `${p.code} 临停`, version: 1, validFrom: createdAt, ...p.tariff, createdAt })))
  await insertRows(connection, parkingLanes, made.flatMap(p => p.lanes.map((lane, position) => ({
    laneId: lane.laneId, mallId, carParkId: lane.carParkId, position: p.position * 10 + position, kind: lane.kind, name: lane.name, nameEn: lane.name.replace('入口', 'entrance ').replace('出口', 'exit ').trim(), zone: lane.zone, cameraSerial: lane.cameraSerial, createdAt,
  }))))
  return made
}
