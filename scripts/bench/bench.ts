/** One measured ratio: ours beside the bare thing in the same run, and the ratio it must reach. */
export interface Measured {
  name: string
  /** In `unit`; for `atLeast` more is better, for `atMost` less is. */
  ours: number
  bare?: number
  unit: string
  /** ours / bare (or ours itself when there is nothing bare) must not be under it. */
  atLeast?: number
  /** ours / bare (or ours itself) must not be over it. */
  atMost?: number
}

/** A file `*.bench.ts` exports one of these as its default. */
export type Bench = () => Promise<Measured[]>

/** How many calls a second `call` reaches with `callers` at a time, over `durationMs`. A tenth of it warms up first. */
export const perSecond = async (call: () => Promise<unknown>, { callers = 32, durationMs = 3000 } = {}): Promise<number> => {
  const during = async (ms: number): Promise<number> => {
    const end = performance.now() + ms
    let calls = 0
    const caller = async () => {
      for (; performance.now() < end; calls++) await call()
    }
    await Promise.all(Array.from({ length: callers }, caller))
    return calls / (ms / 1000)
  }
  await during(durationMs / 10)
  return during(durationMs)
}

const shown = (value: number): string => value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)

/** Whether a measurement reaches what it must. Without a bound it is only shown. */
export const reaches = ({ ours, bare, atLeast, atMost }: Measured): boolean => {
  const value = bare === undefined ? ours : ours / bare
  return (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost)
}

/** One line: what was measured, ours, bare, their ratio, the bound. */
export const lineOf = (measured: Measured): string => {
  const { name, ours, bare, unit, atLeast, atMost } = measured
  const ratio = bare === undefined ? '' : `, bare ${shown(bare)}: ${(ours / bare * 100).toFixed(0)} %`
  const asPercent = (bound: number) => bare === undefined ? `${shown(bound)} ${unit}` : `${(bound * 100).toFixed(0)} %`
  const bound = atLeast !== undefined ? ` (at least ${asPercent(atLeast)})` : atMost !== undefined ? ` (at most ${asPercent(atMost)})` : ''
  return `${reaches(measured) ? '✓' : '✗'} ${name}: ${shown(ours)} ${unit}${ratio}${bound}`
}
