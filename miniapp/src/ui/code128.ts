// Widths of bars and spaces of the Code 128 symbols 0–105, and the stop, six (seven) digits each (ISO/IEC 15417).
const widths =
  '212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321112313132113132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131311123311321331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114122411142112142211241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214211232'
const stop = '2331112'
const startC = 105

/**
 * An even number of digits as Code 128 C in SVG text: start, pairs, check symbol, stop. For tills whose readers do not see
 * two-dimensional codes. Throws when `digits` is not an even run of digits.
 */
export function code128Svg(digits: string, ink = '#1c2a26'): string {
  if (!/^(\d\d)+$/.test(digits)) throw new RangeError('Code 128 C takes pairs of digits')
  const pairs = (digits.match(/\d\d/g) ?? []).map(Number)
  const check = pairs.reduce((sum, value, index) => sum + value * (index + 1), startC) % 103
  const runs = [startC, ...pairs, check].map((value) => widths.slice(value * 6, value * 6 + 6)).join('') + stop
  let x = 0
  let path = ''
  for (const [index, digit] of [...runs].entries()) {
    const width = Number(digit)
    if (index % 2 === 0) path += `M${x} 0h${width}v10h-${width}z`
    x += width
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${x} 10" preserveAspectRatio="none" fill="${ink}" shape-rendering="crispEdges"><path d="${path}"/></svg>`
}
