/** One field a new version changes; values are already written for people. */
export type Change = { label: string; before: string | null; after: string | null; note?: string }

/**
 * Cuts `after` into words and marks the ones `before` does not have (longest common subsequence), so that the eye finds what was
 * put in. A value with nothing in common with the old one is not marked: then all of it is new.
 */
export function marked(before: string | null, after: string | null): { text: string; added: boolean }[] {
  if (after === null) return [{ text: '—', added: false }]
  if (before === null) return [{ text: after, added: false }]
  const cut = (value: string) => value.split(/(\s+|(?<=[，。、；：])|(?=[，。、；：]))/).filter((word) => word !== '')
  const a = cut(before)
  const b = cut(after)
  const length = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      length[i]![j] = a[i] === b[j] ? length[i + 1]![j + 1]! + 1 : Math.max(length[i + 1]![j]!, length[i]![j + 1]!)

  const words: { text: string; added: boolean }[] = []
  const push = (text: string, added: boolean) => {
    const last = words.at(-1)
    if (last && last.added === added) last.text += text
    else words.push({ text, added })
  }
  let i = 0
  for (let j = 0; j < b.length; j += 1) {
    while (i < a.length && length[i + 1]![j]! >= length[i]![j]! && a[i] !== b[j]) i += 1
    const same = i < a.length && a[i] === b[j]
    push(b[j]!, !same && b[j]!.trim() !== '')
    if (same) i += 1
  }
  // A gap between two added words belongs to them, so that one phrase is one mark.
  for (let k = words.length - 2; k > 0; k -= 1)
    if (!words[k]!.added && !words[k]!.text.trim() && words[k - 1]!.added && words[k + 1]!.added)
      words.splice(k - 1, 3, { text: words[k - 1]!.text + words[k]!.text + words[k + 1]!.text, added: true })
  return words.some((word) => !word.added && word.text.trim()) ? words : [{ text: after, added: false }]
}
