import { findableAs } from '@atrium/shared/shop/rules.ts'

/** How a Chinese name is found. The dictionary is large and edits are rare, so it is loaded when the first one comes. */
export async function findableName(name: string): Promise<ReturnType<typeof findableAs>> {
  const { pinyin } = await import('pinyin-pro')
  return findableAs(pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }))
}
