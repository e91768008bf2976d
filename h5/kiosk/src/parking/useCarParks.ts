import { shallowRef } from 'vue'
import type { Reply } from '@atrium/shared/contracts.ts'
import { call } from '@/platform/request'

type CarPark = Reply<'GET /api/parking/car-parks'>['items'][number]
const carParks = shallowRef<CarPark[]>([])

/** Free bays by car park; the last known numbers stay when the network is gone. */
export function useCarParks() {
  async function load(): Promise<void> {
    await call('GET /api/parking/car-parks').then((reply) => { carParks.value = reply.items }, () => {})
  }
  return { carParks, load }
}
