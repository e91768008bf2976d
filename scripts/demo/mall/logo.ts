/** Deep tones with the one tint that goes with each. */
const tones: Record<string, [deep: string, tint: string]> = {
  crimson: ['#7d2418', '#f5a67e'], amber: ['#7a5a17', '#f4e7c8'], navy: ['#2f3f5f', '#a9c0e0'], jade: ['#0d5247', '#9fd0c4'], plum: ['#5b3a5e', '#dfc3e2'], moss: ['#3d5a34', '#c9dfb4'], ink: ['#24332e', '#dcb968'],
  teal: ['#145a6b', '#a6d8e2'], rust: ['#8a3413', '#fbcfb4'], slate: ['#46535a', '#cfd8dc'], wine: ['#6b1f3a', '#f2b8c6'], olive: ['#5a561f', '#e4dea0'], indigo: ['#2c2a52', '#f4e7c8'], brown: ['#5a3d28', '#eebb9f'],
}
export type Tone = keyof typeof tones

/** Marks on 44 × 44: `~` opens a white line, `#` a shape in the tint, `*` a shape in white. */
const marks: Record<string, string> = {
  bowl: '#M10 22h24c0 7-5 12-12 12s-12-5-12-12z ~M9 22h26 ~M17 17c-2-3 2-4 0-7M22 17c-2-3 2-4 0-7M27 17c-2-3 2-4 0-7',
  cup: '#M12 17h17v8c0 5-3 8-8.5 8S12 30 12 25z ~M29 19h3c4 0 4 8-1 8h-2 ~M17 12c-1-2 1-3 0-5M23 12c-1-2 1-3 0-5',
  teapot: '#M14 22c0-5 3-8 8-8s8 3 8 8c0 6-3 10-8 10s-8-4-8-10z ~M30 20l6-4M14 19c-6-1-6 8 0 7 ~M19 14c0-3 6-3 6 0 ~M16 35h12',
  bun: '#M9 30c0-8 5-14 13-14s13 6 13 14z ~M22 16v6M17 18l2 5M27 18l-2 5 ~M8 31h28',
  noodle: '#M9 24h26c0 6-5 10-13 10S9 30 9 24z ~M14 24V11M18 24V10M22 24V11M26 24V10 ~M30 22l6-12',
  fish: '#M8 22c5-8 16-8 21 0-5 8-16 8-21 0z ~M29 22l7-6v12z *M14.5 21.5a1.5 1.5 0 1 0 .01 0z',
  leaf: '#M11 33C9 18 18 10 34 10c0 15-8 24-23 23z ~M11 34c5-9 10-14 16-17',
  bread: '#M10 20c-3-6 4-9 12-9s15 3 12 9c-1 2-2 2-2 3v10H12V23c0-1-1-1-2-3z ~M18 19l3 4M24 18l3 4',
  hotpot: '#M9 21h26v4c0 5-4 8-8 8H17c-4 0-8-3-8-8z ~M22 21v12M9 21H6M38 21h-3 ~M16 16c-2-3 2-4 0-7M28 16c-2-3 2-4 0-7',
  cone: '#M15 22h14l-7 14z ~M14 22c-2-7 3-12 8-12s10 5 8 12 ~M18 26l6 6M26 25l-6 6',
  skewer: '~M12 34L33 11 #M16 25l4 4 4-4-4-4z #M22 18l4 4 4-4-4-4z',
  chili: '#M14 14c8 2 16 8 17 20-10-1-16-9-17-20z ~M14 14c-2-2-2-4-1-5M14 14l4-2',
  wine: '#M15 19h14c0 6-3 9-7 9s-7-3-7-9z ~M15 10h14v9c0 6-3 9-7 9s-7-3-7-9z ~M22 28v7M17 35h10',
  cake: '#M11 22h22v12H11z ~M11 26c4 4 7-3 11 0s7-4 11 0 ~M22 22v-7M22 12v-2',
  crab: '#M12 25c0-6 4-9 10-9s10 3 10 9-4 8-10 8-10-2-10-8z ~M13 19l-4-3 1-5M31 19l4-3-1-5M12 28l-4 3M32 28l4 3',
  grain: '~M22 36V14 #M22 14c-4-2-4-5 0-8 4 3 4 6 0 8zM21 22c-5 0-7-2-6-6 4 0 6 2 6 6zM23 22c5 0 7-2 6-6-4 0-6 2-6 6zM21 30c-5 0-7-2-6-6 4 0 6 2 6 6zM23 30c5 0 7-2 6-6-4 0-6 2-6 6z',
  shirt: '#M15 11l-7 5 3 6 4-2v14h14V20l4 2 3-6-7-5c-2 4-12 4-14 0z ~M22 20v14',
  dress: '#M17 10h10l-1 8 6 16H12l6-16z ~M17 18h10 ~M19 10c0 3 6 3 6 0',
  hanger: '~M19 13c0-4 7-4 6 0-1 2-3 2-3 5 #M22 18l14 10c1 2 0 3-2 3H10c-2 0-3-1-2-3z',
  shoe: '#M8 18c3 3 7 2 9-1l8 7c4 2 11 1 11 6v2H8z ~M8 33h28 ~M19 20l-2 2M22 23l-2 2',
  bag: '#M11 18h22l2 16H9z ~M17 21v-6c0-6 10-6 10 0v6',
  glasses: '#M9 20h10v4a5 5 0 0 1-10 0zM25 20h10v4a5 5 0 0 1-10 0z ~M19 21c2-2 4-2 6 0M9 20l-2-3M35 20l2-3',
  ring: '~M22 36a9 9 0 1 0 0-18 9 9 0 0 0 0 18z #M17 9h10l3 4-8 8-8-8z',
  watch: '#M22 30a8 8 0 1 0 0-16 8 8 0 0 0 0 16z ~M18 14l1-6h6l1 6M18 30l1 6h6l1-6 ~M22 18v4l3 2',
  lipstick: '#M17 22h10v13H17z ~M18 22v-7l8-5v12',
  perfume: '#M13 20h18v14H13z ~M18 20v-5h8v5 ~M20 15v-5h4v5 ~M29 10l4-2M29 13h4',
  scissors: '~M15 34c-5 0-5-7 0-7s5 7 0 7zM29 34c-5 0-5-7 0-7s5 7 0 7zM17 28L28 9M27 28L16 9 #M20.5 21a1.5 1.5 0 1 0 3 0 1.5 1.5 0 0 0-3 0z',
  flower: '#M22 18c-6-8 6-8 0 0zM22 20c8-6 8 6 0 0zM22 20c-8-6-8 6 0 0zM22 22c-6 8 6 8 0 0z ~M22 24v11M22 31c3 0 5-2 6-4',
  book: '#M9 12c5-1 10 0 13 3v19c-3-3-8-4-13-3z ~M35 12c-5-1-10 0-13 3v19c3-3 8-4 13-3z',
  brush: '#M24 26c4 4-2 9-10 8 3-2 2-4 3-6s4-4 7-2z ~M23 27L35 10l-9 15z',
  vase: '#M17 12h10c-1 4 5 8 5 14s-4 9-10 9-10-3-10-9 6-10 5-14z ~M14 25h16',
  lamp: '#M15 10h14l5 13H10z ~M22 23v11M16 35h12',
  chair: '~M14 9v26M30 26v9M14 26h16 #M14 11h4v12h-4zM16 22h14v5H16z',
  house: '#M10 21L22 10l12 11v14H10z ~M18 35v-9h8v9',
  cloud: '#M14 31c-8 0-8-10-1-11 1-8 13-9 15-1 8-1 9 12 1 12z ~M17 36h11',
  bear: '#M22 34c-7 0-11-4-11-10s4-10 11-10 11 4 11 10-4 10-11 10z ~M13 17c-5-1-4-8 2-6M31 17c5-1 4-8-2-6 *M17 22a1.5 1.5 0 1 0 .01 0zM27 22a1.5 1.5 0 1 0 .01 0z ~M20 28c1 1 3 1 4 0',
  blocks: '#M11 23h11v11H11z ~M22 23h11v11H22z ~M16.5 12h11v11h-11z',
  rocket: '#M22 8c6 5 7 13 4 20h-8c-3-7-2-15 4-20z ~M18 24l-5 6M26 24l5 6M20 32v4M24 32v4 *M22 16a2 2 0 1 0 .01 0z',
  kite: '#M22 8l9 12-9 10-9-10z ~M22 30c-4 3 4 4 0 7M22 8v22M13 20h18',
  moon: '#M27 9c-9 1-13 9-10 16s10 9 16 6c-13 0-16-14-6-22z *M31 14l1 2 2 1-2 1-1 2-1-2-2-1 2-1z',
  film: '#M9 14h26v17H9z ~M9 18h26M9 27h26M15 14v4M22 14v4M29 14v4M15 27v4M22 27v4M29 27v4',
  note: '#M14 33c-5 1-5-6 0-6 2 0 3 1 3 3s-1 3-3 3zM29 30c-5 1-5-6 0-6 2 0 3 1 3 3s-1 3-3 3z ~M17 30V13l15-3v17',
  dumbbell: '#M9 16h5v12H9zM30 16h5v12h-5z ~M14 22h16M7 19v6M37 19v6',
  antler: '~M22 36V22M22 24c-6 0-10-4-10-12M15 19c-3 0-5-1-6-4M22 24c6 0 10-4 10-12M29 19c3 0 5-1 6-4 #M20 33h4v3h-4z',
  mountain: '#M6 32l10-17 6 9 4-5 12 13z ~M13 20l3 3 3-3',
  paw: '#M22 22c5 0 8 5 7 9s-11 4-14 0 2-9 7-9z *M14 20a2.5 3 0 1 0 .01 0zM19 14a2.5 3 0 1 0 .01 0zM25 14a2.5 3 0 1 0 .01 0zM30 20a2.5 3 0 1 0 .01 0z',
  phone: '#M15 9h14v26H15z ~M20 31h4 ~M19 13h6',
  cart: '#M13 15h22l-3 12H16z ~M8 10h4l4 17h16 *M18 33a1.8 1.8 0 1 0 .01 0zM30 33a1.8 1.8 0 1 0 .01 0z',
  cat: '#M12 34c-2-9 0-15 2-22l6 5h4l6-5c2 7 4 13 2 22z *M18 23a1.5 1.5 0 1 0 .01 0zM26 23a1.5 1.5 0 1 0 .01 0z ~M20 29c1 1 3 1 4 0',
  bird: '#M9 24c4-11 15-13 22-7l5 2-5 3c-2 9-14 12-22 8 4 0 6-1 8-3-4 0-6-1-8-3z *M28 18a1.3 1.3 0 1 0 .01 0z ~M17 24c3 2 6 1 8-2',
  tooth: '#M13 14c3-4 7-1 9-1s6-3 9 1-1 9-2 14c-1 7-4 7-5 1-1-4-3-4-4 0-1 6-4 6-5-1-1-5-5-10-2-14z ~M17 17c1-1 2-1 3-1',
  hand: '#M15 22v-8c0-3 4-3 4 0v-3c0-3 4-3 4 0v3c0-3 4-3 4 0v4c0-3 4-3 4 0v7c0 6-4 10-9 10-4 0-6-2-8-6l-4-7c1-2 4-2 5 0z',
  key: '~M16 28a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM22 22h14M31 22v5M35 22v4 #M14 22a2 2 0 1 0 4 0 2 2 0 0 0-4 0z',
  umbrella: '#M8 22c1-8 7-12 14-12s13 4 14 12z ~M22 22v10c0 4 5 4 5 0 ~M22 10V7',
}
export type Mark = keyof typeof marks

const element = (piece: string, tint: string): string => {
  const path = piece.slice(1).trim()
  if (piece[0] === '~') return `<path d="${path}" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>`
  return `<path d="${path}" fill="${piece[0] === '#' ? tint : '#fff'}"/>`
}

/** The drawn mark of a shop: 44 × 44, radius 12, one deep tone, white line and one tint. Refuses a mark or tone that is not drawn. */
export const drawLogo = (mark: string, tone: string): string => {
  const [colours, path] = [tones[tone], marks[mark]]
  if (!colours || !path) throw new Error(`no such mark or tone: ${mark} ${tone}`)
  const pieces = path.split(/ (?=[~#*]M)/)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 44" width="44" height="44"><rect width="44" height="44" rx="12" fill="${colours[0]}"/>${pieces.map(p => element(p, colours[1])).join('')}</svg>`
}
