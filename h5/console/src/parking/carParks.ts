import type { Api } from '@atrium/shared/contracts.ts'
import type { ReplyOf } from '@atrium/shared/contract.ts'
import { openJson } from '../platform/call.ts'

export type CarParks = ReplyOf<Api, 'GET /api/parking/car-parks'>['items']

/** Car parks with zones and vacancy, as visitors read them: the one public read the console makes. */
export const publicCarParks = async (): Promise<CarParks> => (await openJson<{ items: CarParks }>('/api/parking/car-parks')).items
