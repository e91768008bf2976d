import { recall, remember } from './storage'

let aheadMs = recall('clockAhead', 0)

/**
 * Learns the mall's time from the `Date` of a reply to what was sent at `sentAt`: the server said it in between, in whole seconds. A phone whose
 * clock is right keeps its own; what a wrong one is off by is kept for codes drawn off-line.
 */
export function hearClock(date: string | undefined, sentAt: number): void {
  const said = Date.parse(date ?? '')
  const [least, most] = [said - Date.now(), said + 1000 - sentAt]
  if (Number.isNaN(said) || (aheadMs >= least && aheadMs <= most)) return
  aheadMs = Math.round((least + most) / 2)
  remember('clockAhead', aheadMs)
}

/** The time in the mall, in milliseconds, whatever the clock of this phone says. */
export const mallTime = (): number => Date.now() + aheadMs
