/** Drawings shared by all faces, picked by name at build time so that only these travel with the console. */
const drawn = import.meta.glob<string>(
  '../../../../shared/src/design/icons/{ticket,car,bell,card,document,store,shield,eye,gear,search,download,plus,close,more,chevron,chevron-down,check,calendar,clock,copy,globe,leave,refresh,lock,scan,info,alert,swap,history,edit,person}.svg',
  { eager: true, query: '?raw', import: 'default' },
)
const shared = (file: string): string => {
  const svg = drawn[`../../../../shared/src/design/icons/${file}.svg`]
  if (!svg) throw new Error(`icon ${file} is missing from shared/src/design/icons`)
  return svg.replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, '').trim()
}
const line = (d: string): string => `<path d="${d}"/>`

/** The icons of the console: the house's set, and what only operators need drawn on the same grid. */
export const icons = {
  coupon: shared('ticket'), car: shared('car'), bell: shared('bell'), payment: shared('card'), document: shared('document'), shop: shared('store'), shield: shared('shield'), eye: shared('eye'),
  settings: shared('gear'), search: shared('search'), download: shared('download'), plus: shared('plus'), close: shared('close'), more: shared('more'), right: shared('chevron'), down: shared('chevron-down'),
  check: shared('check'), calendar: shared('calendar'), clock: shared('clock'), copy: shared('copy'), globe: shared('globe'), leave: shared('leave'), refresh: shared('refresh'), lock: shared('lock'),
  scan: shared('scan'), info: shared('info'), warning: shared('alert'), swap: shared('swap'), history: shared('history'), edit: shared('edit'), person: shared('person'),
  today: line('M4 4h7v9H4zM13 4h7v5h-7zM13 11.500h7V20h-7zM4 15.500h7V20H4z'),
  members: line('M9 5a3.400 3.400 0 100 6.800A3.400 3.400 0 009 5zM2.800 19.500c.6-3.400 3-5.100 6.200-5.100s5.600 1.700 6.200 5.100M15.500 5.300a3.200 3.200 0 010 6.200M17.200 14.800c2.300.5 3.600 2.200 4 4.700'),
  barrier: line('M5 20V8.500h4V20M9 11.500l12-5M3.500 20h8'),
  sign: line('M5 4h14v10H5zM12 14v7M9 21h6M10.300 11.500V7h2.200a1.600 1.600 0 010 3.200h-2.200'),
  invoice: line('M6 3.500h12v17l-3-2-3 2-3-2-3 2zM9 8.500h6M9 12.500h6'),
  lines: line('M5 5h14M5 10h14M5 15h9M5 20h6'),
  scales: line('M12 4v16M7 20h10M5 7.500h14M5 7.500l-2.500 6a2.700 2.700 0 005 0zM19 7.500l-2.500 6a2.700 2.700 0 005 0z'),
  left: line('M15 5l-7 7 7 7'),
  up: line('M6 14.500l6-6 6 6'),
  drag: line('M9 6h.1M15 6h.1M9 12h.1M15 12h.1M9 18h.1M15 18h.1'),
  columns: line('M4 5h16v14H4zM9.300 5v14M14.700 5v14'),
} as const

export type IconName = keyof typeof icons
