/** `13812340000` → `138****0000`. */
export const maskPhone = (phone: string): string => (phone.length < 7 ? '***' : `${phone.slice(0, 3)}****${phone.slice(-4)}`)

/** First character and stars: `林小满` → `林**`, `Ann` → `A**`. */
export const maskName = (name: string): string => {
  const [first = '', ...rest] = [...name.trim()]
  return first + '*'.repeat(Math.min(2, Math.max(1, rest.length)))
}
