/** Damm's quasigroup of order 10: one check digit that finds every single wrong digit and every swap of neighbours. */
const table = ['0317598642', '7092154863', '4206871359', '1750983426', '6123045978', '3674209581', '5869720134', '8945362017', '9438617205', '2581436790']

const state = (digits: string): number => [...digits].reduce((row, d) => Number(table[row]![Number(d)]), 0)

/** `digits` with their check digit appended. Refuses anything but digits. */
export function withCheckDigit(digits: string): string {
  if (!/^\d+$/.test(digits)) throw new RangeError('digits only')
  return digits + String(state(digits))
}

/** Whether the last digit checks the ones before it. */
export const hasCheckDigit = (digits: string): boolean => /^\d{2,}$/.test(digits) && state(digits) === 0
