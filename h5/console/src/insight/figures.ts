import type { Reply } from '../platform/api.ts'
import { text } from '../platform/copy.ts'
import { count, money, percent, share } from '../platform/format.ts'
import type { Stat } from '../ui/StatBand.vue'
import type { AreaLook } from '../ui/chart.ts'

export type Today = Reply<'GET /admin/dashboard'>
type Figure = Today['figures']['visits']

/** `+12% 较昨天同时`; without a yesterday there is nothing to compare with. */
export function versus(figure: Pick<Figure, 'value' | 'before'>): { note: string; up: boolean } {
  if (!figure.before) return { note: figure.value ? text('today.none') : '\u00a0', up: false }
  const change = Math.round((figure.value / figure.before - 1) * 100)
  if (change === 0) return { note: text('today.same'), up: false }
  return { note: text('today.versus', { change: change > 0 ? `+${change}%` : `−${-change}%` }), up: change > 0 }
}

const stat = (key: string, figure: Figure, write: (n: number) => string = count): Stat => ({ key, label: text(`today.${key}`), value: write(figure.value), spark: figure.spark, ...versus(figure) })

/** The six figures of the band. Occupancy is compared by its own level yesterday, since a per cent of a per cent says nothing. */
export const bandOf = (today: Today): Stat[] => [
  stat('entries', today.figures.entries),
  stat('exits', today.figures.exits),
  { key: 'rate', label: text('today.rate'), value: percent(share(today.figures.inside.value, today.capacity)), spark: today.figures.inside.spark, note: text('today.before', { value: percent(share(today.figures.inside.before, today.capacity)) }), up: today.figures.inside.value > today.figures.inside.before },
  stat('visits', today.figures.visits),
  stat('redemptions', today.figures.redemptions),
  stat('joined', today.figures.joined),
]

export type ChartChoice = 'inside' | 'paid'

/** The day as a chart: today up to the hour that runs, yesterday as a whole. `hour` is that of `today.now` in the mall's zone. */
export function chartOf(today: Today, choice: ChartChoice, hour: number): AreaLook {
  const rows = today.hours
  const at = rows.findIndex((row) => row.hour === hour)
  const upTo = at < 0 ? rows.length - 1 : at
  const inside = choice === 'inside'
  // An almost empty car park would be a flat line far below its bays: then the bays are said, not drawn.
  const near = Math.max(...rows.map((row) => Math.max(row.inside, row.insideBefore)), 0) > today.capacity * 0.4
  return {
    title: text(`today.${choice}`), axis: text('today.hour'), labels: rows.map((row) => `${row.hour}:00`), every: rows.length > 14 ? 2 : 1, nowAt: upTo,
    series: [
      { name: text('today.today'), kind: 'now', values: rows.map((row, i) => (i <= upTo ? (inside ? row.inside : row.paidFen) : null)) },
      { name: text('today.yesterday'), kind: 'before', values: rows.map((row) => (inside ? row.insideBefore : row.paidFenBefore)) },
    ],
    format: inside ? count : (fen) => money(fen).replace(/\.\d\d$/, ''),
    ...(inside && near ? { limit: { value: today.capacity, label: text('today.capacity', { n: count(today.capacity) }) } } : {}),
  }
}
