/** Mainland plates (GA 36): 31 province characters, letters without I and O. */
export const plateProvinces = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'
const P = `[${plateProvinces}]`
const L = 'A-HJ-NP-Z'
const ordinary = new RegExp(`^${P}[${L}][${L}0-9]{4}[${L}0-9挂学警港澳]$`)
const smallNewEnergy = new RegExp(`^${P}[${L}][A-HJK][${L}0-9][0-9]{4}$`)
const largeNewEnergy = new RegExp(`^${P}[${L}][0-9]{5}[A-HJK]$`)

export type PlateKind = 'blue' | 'green' | 'yellow' | 'other'

/** Trims, upper-cases and drops separators; O and I after the second character become 0 and 1, which plates do not have. */
export function normalisePlate(text: string): string {
  const plain = text.trim().toUpperCase().replace(/[\s·•.-]/g, '')
  return plain.slice(0, 2) + plain.slice(2).replace(/O/g, '0').replace(/I/g, '1')
}

/** Whether a normalised plate has one of the three public forms. */
export const isPlate = (plate: string): boolean => ordinary.test(plate) || smallNewEnergy.test(plate) || largeNewEnergy.test(plate)

/** How a plate is drawn: new energy is green, trailer, coach and learner forms yellow; what has no public form is `other`. */
export function plateKind(plate: string): PlateKind {
  if (smallNewEnergy.test(plate) || largeNewEnergy.test(plate)) return 'green'
  if (!ordinary.test(plate)) return 'other'
  return /[挂学]$/.test(plate) ? 'yellow' : 'blue'
}

/** Plate for display: `苏C·8K6Q2`. */
export const formatPlate = (plate: string): string => (isPlate(plate) ? `${plate.slice(0, 2)}·${plate.slice(2)}` : plate)

/** Plate for people who need not know it: `苏C·8**Q2`. */
export const maskPlate = (plate: string): string => (plate.length < 6 ? '***' : `${plate.slice(0, 2)}·${plate.slice(2, 3)}${'*'.repeat(plate.length - 5)}${plate.slice(-2)}`)

const confused = ['0D', '8B', '1T', '5S', '2Z', '0Q', '6G']
const alike = (a: string, b: string) => confused.some((pair) => pair.includes(a) && pair.includes(b))

/**
 * How far two plates of the same length are apart: 1 for each other character, 0.5 for a pair that cameras confuse (0/D, 8/B, …).
 * Plates of other lengths are Infinity apart.
 */
export function plateDistance(a: string, b: string): number {
  if (a.length !== b.length) return Infinity
  let distance = 0
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) distance += alike(a[i]!, b[i]!) ? 0.5 : 1
  return distance
}
