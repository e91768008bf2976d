import { shallowRef } from 'vue'
import type { Reply } from '@atrium/shared/contracts.ts'

export type Stay = Reply<'POST /api/parking/lookup'>['item']
/** The car that was found, handed from the plate screen to the pay screen; wiped with the visitor. */
export const stay = shallowRef<Stay | null>(null)
