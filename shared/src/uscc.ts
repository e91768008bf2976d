/** Unified social credit code, GB 32100-2015: 17 characters and a check character, without I O S V Z. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** The check character of the first 17; null when they are not of the alphabet. */
export function creditCodeCheck(first17: string): string | null {
  if (first17.length !== 17) return null
  let sum = 0
  for (let i = 0; i < 17; i += 1) {
    const value = alphabet.indexOf(first17[i]!)
    if (value < 0) return null
    sum += value * weights[i]!
  }
  return alphabet[(31 - (sum % 31)) % 31]!
}

/** Whether `code` is a valid 18-character credit code. */
export const isCreditCode = (code: string): boolean => code.length === 18 && creditCodeCheck(code.slice(0, 17)) === code[17]

/** Whether `code` may stand in a fapiao title: a valid credit code, or an older 15 or 20 character tax id. */
export const isTaxId = (code: string): boolean => (code.length === 18 ? isCreditCode(code) : /^([0-9A-Z]{15}|[0-9A-Z]{20})$/.test(code))
