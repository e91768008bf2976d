import type { Reply } from '@atrium/shared/contracts.ts'

type Found = Reply<'POST /api/parking/lookup'>['item']
let found: Found | null = null

/** Hands a car that was found, by its plate or at an exit, to the parking page. */
export const handFound = (stay: Found): void => { found = stay }

/** Takes what was handed over, once. */
export function takeFound(): Found | null {
  const taken = found
  found = null
  return taken
}
