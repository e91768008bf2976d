/** What a visitor typed, as the columns hold it: lower case, without spaces and the apostrophes of pinyin (`xi'an`). */
export const searchTerm = (text: string): string => text.trim().toLowerCase().replace(/[\s'’·]/g, '')

/**
 * How a name is found: its pinyin as one word (`shanquekafei`), the first letters (`sqkf`) and the letter under which lists hold it.
 * `syllables` are those of the name, Latin words whole; a name without any letter stands under `#`.
 */
export function findableAs(syllables: readonly string[]): { pinyin: string; initials: string; initial: string } {
  const plain = syllables.map((s) => s.toLowerCase().replace(/[^a-z0-9]/g, '')).filter(Boolean)
  const pinyin = plain.join('').slice(0, 200)
  return { pinyin, initials: plain.map((s) => s[0]!).join('').slice(0, 40), initial: /^[a-z]/.test(pinyin) ? pinyin[0]!.toUpperCase() : '#' }
}
