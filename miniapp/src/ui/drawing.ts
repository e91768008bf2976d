/** SVG text as a data URI that a style attribute accepts. */
export const svgUri = (svg: string): string =>
  `data:image/svg+xml,${svg.replace(/"/g, "'").replace(/%/g, '%25').replace(/#/g, '%23').replace(/</g, '%3C').replace(/>/g, '%3E')}`

/** A style that draws `svg` as background. */
export const svgStyle = (svg: string): string => `background-image:url("${svgUri(svg)}")`

const size = 100

/** A ring of which `fraction` (0 to 1) is drawn, from the top, clockwise; `stroke` per cent of its width. */
export function ring(fraction: number, colours: { on: string; off: string }, stroke = 12): string {
  const radius = (size - stroke) / 2
  const around = 2 * Math.PI * radius
  const shown = Math.max(0, Math.min(1, fraction)) * around
  const circle = (colour: string, rest: string) => `<circle cx="50" cy="50" r="${radius}" stroke="${colour}" stroke-width="${stroke}"${rest}/>`
  const arc = shown > 0 ? circle(colours.on, ` stroke-linecap="round" stroke-dasharray="${shown.toFixed(1)} ${around.toFixed(1)}" transform="rotate(-90 50 50)"`) : ''
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" fill="none">${circle(colours.off, '')}${arc}</svg>`
}
