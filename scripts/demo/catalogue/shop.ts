export type Category = 'dining' | 'fashion' | 'life' | 'kids' | 'beauty' | 'culture'
export interface ShopSeed {
  name: string
  nameEn: string
  category: Category
  trade: string
  tradeEn: string
  mark: string
  tone: string
  /** What one visitor spends, in yuan; null where that says nothing. */
  yuan: number | null
  hours: [opens: string, closes: string]
  summary: string
  summaryEn: string
}

/** Reads a table of shops: one line each, fields parted by `|`. Hours are `-` for those of the mall. */
export const shopsOf = (table: string): ShopSeed[] => table.trim().split('\n').map(line => {
  const [name, nameEn, category, trade, tradeEn, mark, tone, yuan, hours, summary, summaryEn] = line.split('|').map(field => field.trim()) as [string, string, Category, string, string, string, string, string, string, string, string]
  const [opens, closes] = hours === '-' ? ['10:00', '22:00'] : hours.split('–')
  return { name, nameEn, category, trade, tradeEn, mark, tone, yuan: yuan === '-' ? null : Number(yuan), hours: [opens!, closes!], summary, summaryEn }
})
