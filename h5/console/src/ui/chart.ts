import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { graphic, init, use, type ECharts } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([LineChart, BarChart, GridComponent, MarkLineComponent, TooltipComponent, SVGRenderer])

/** `now` is filled and strong, `before` dashed and quiet, `bar` and `bar2` are columns. A null value has not happened yet. */
export type Series = { name: string; kind: 'now' | 'before' | 'bar' | 'bar2' | 'step'; values: readonly (number | null)[] }
export type AreaLook = {
  title: string
  axis: string
  labels: readonly string[]
  series: readonly Series[]
  limit?: { value: number; label: string }
  /** Index of the last label that has happened, with what its tooltip says. */
  nowAt?: number
  format?: (value: number) => string
  every?: number
}
export type Drawing = { update: (look: AreaLook) => void; end: () => void }

/** Colours come from the tokens, so a chart follows them like everything else. */
const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

function seriesOf(series: Series, look: AreaLook, first: boolean) {
  const jade = token('--jade-7')
  const limit = first && look.limit
    ? { silent: true, symbol: 'none', lineStyle: { color: token('--bad-7'), type: [2, 4] as number[], width: 1 }, label: { formatter: look.limit.label, color: token('--bad-7'), position: 'insideEndTop' as const, fontSize: 12 }, data: [{ yAxis: look.limit.value }] }
    : undefined
  if (series.kind === 'bar' || series.kind === 'bar2')
    return { type: 'bar' as const, name: series.name, data: [...series.values], barMaxWidth: 20, itemStyle: { color: series.kind === 'bar' ? jade : '#9ccabd', borderRadius: [3, 3, 0, 0] }, markLine: limit }
  if (series.kind === 'before')
    return { type: 'line' as const, name: series.name, data: [...series.values], color: '#8a938e', smooth: 0.35, symbol: 'none', z: 1, lineStyle: { color: '#8a938e', width: 1.5, type: [4, 4] as number[] }, areaStyle: { color: '#68736e', opacity: 0.07 }, markLine: limit }
  const last = look.nowAt
  return {
    type: 'line' as const, name: series.name, color: jade, smooth: series.kind === 'step' ? false : 0.35, step: series.kind === 'step' ? ('end' as const) : (false as const), z: 2, markLine: limit,
    data: series.values.map((value, i) => ({ value: value ?? '-', symbol: i === last ? 'circle' : 'none', symbolSize: 10, itemStyle: { color: jade, borderColor: '#fff', borderWidth: 2 } })),
    lineStyle: { color: jade, width: 2.4 },
    areaStyle: { color: new graphic.LinearGradient(0, 0, 0, 1, [{ offset: 0, color: 'rgba(19,128,110,.34)' }, { offset: 1, color: 'rgba(19,128,110,.03)' }]) },
  }
}

/** An axis that ends just above `top` with about three round lines below it: 1314 → lines each 400. */
export function scaleUpTo(top: number): { max: number; interval: number } {
  const rough = top / 3.3
  const power = 10 ** Math.floor(Math.log10(rough))
  const interval = ([1, 2, 2.5, 4, 5, 10].find((step) => step * power >= rough) ?? 10) * power
  return { max: top, interval }
}

function optionOf(look: AreaLook) {
  const quiet = token('--ink-2')
  const text = { color: quiet, fontSize: 12, fontFamily: token('--font') }
  const scale = look.limit ? scaleUpTo(Math.max(look.limit.value * 1.06, ...look.series.flatMap((s) => s.values.map((v) => v ?? 0)))) : {}
  const bars = look.series.some((s) => s.kind === 'bar')
  return {
    animationDuration: 300,
    textStyle: { fontFamily: token('--font') },
    grid: { left: 4, right: 14, top: 26, bottom: 2, containLabel: true },
    tooltip: {
      trigger: 'axis' as const, backgroundColor: token('--ink'), borderWidth: 0, padding: [8, 10], textStyle: { color: '#fff', fontSize: 12, fontFamily: token('--font') }, axisPointer: { lineStyle: { color: token('--ink'), opacity: 0.35, type: 'solid' as const } },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? (look.format?.(value) ?? String(value)) : '—'),
    },
    xAxis: { type: 'category' as const, data: [...look.labels], boundaryGap: bars, axisTick: { show: false }, axisLine: { lineStyle: { color: token('--line') } }, axisLabel: { ...text, interval: (look.every ?? 1) - 1, hideOverlap: true } },
    yAxis: { type: 'value' as const, splitNumber: 4, minInterval: 1, ...scale, axisLabel: { ...text, showMaxLabel: !look.limit, formatter: (value: number) => look.format?.(value) ?? String(value) }, splitLine: { showMaxLine: !look.limit, lineStyle: { color: token('--line') } } },
    series: look.series.map((series, i) => seriesOf(series, look, i === 0)),
  }
}

/** Draws `look` into `place` and keeps it as wide as its place. While nobody points at it, the tooltip rests on now. */
export function draw(place: HTMLElement, look: AreaLook): Drawing {
  const chart: ECharts = init(place, null, { renderer: 'svg' })
  let shown = look
  const rest = () => { if (shown.nowAt !== undefined) chart.dispatchAction({ type: 'showTip', seriesIndex: 0, dataIndex: shown.nowAt }) }
  const update = (next: AreaLook) => {
    shown = next
    chart.setOption(optionOf(next), { notMerge: true })
    rest()
  }
  update(look)
  chart.getZr().on('globalout', rest)
  const watcher = new ResizeObserver(() => { chart.resize(); rest() })
  watcher.observe(place)
  return { update, end: () => { watcher.disconnect(); chart.dispose() } }
}
