import type { Row } from '../platform/api.ts'
import type { Tone } from '../ui/Tag.vue'

export type FapiaoState = Row<'GET /admin/fapiao'>['state']

export const fapiaoStates: readonly FapiaoState[] = ['requested', 'issuing', 'asking', 'issued', 'failed', 'reversed']
export const fapiaoTone: Record<FapiaoState, Tone> = { requested: 'info', issuing: 'info', asking: 'warn', issued: 'good', failed: 'bad', reversed: 'value' }
