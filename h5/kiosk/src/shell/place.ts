import { shallowRef } from 'vue'
import { pick } from '@/i18n'
import type { Plan } from './useGuide'

/** Where this kiosk stands, from its address: `/kiosk/?floor=L2`. Set once when it is put up. */
export const kioskFloor = shallowRef(new URLSearchParams(window.location.search).get('floor') ?? 'L1')

/** The lane of a screen at an exit: `/kiosk/?exit=…`. The console names its whole address; null is a kiosk in the mall. */
export const exitLane = new URLSearchParams(window.location.search).get('exit')

export type Spot = { x: number; y: number; name: string; kind: Plan['facilities'][number]['kind'] }

/** The kiosk's own spot on a floor plan, or the middle of the floor when the plan names none. */
export function spotOf(plan: Plan): Spot {
  const own = plan.facilities.find((f) => f.kind === 'kiosk')
  return own ?? { x: 500, y: 350, name: pick('中庭', 'Atrium'), kind: 'kiosk' }
}
