import { plateProvinces } from '@atrium/shared/plate.ts'
import { addMessages } from '@/i18n'

addMessages('plateInput', {
  zh: { box: '第 {n} 位', newEnergy: '新\n能源', nearby: '附近常见', next: '下一位', erase: '删除', other: '学警港澳挂', finish: '完成' },
  en: { box: 'Character {n}', newEnergy: 'EV', nearby: 'Nearby', next: 'Next', erase: 'Erase', other: 'Special', finish: 'Done' },
})

/** Provinces whose cars are seen most in Xuzhou, offered first. */
export const nearby = ['苏', '鲁', '皖', '豫'] as const

const letters = [...'ABCDEFGHJKLMNPQRSTUVWXYZ']
const digits = [...'0123456789']
/** Last characters of special plates: learner, police, Hong Kong, Macao, trailer. */
export const specials = ['学', '警', '港', '澳', '挂'] as const

/** The keys for the character at `at`: province, then a letter without I and O, then letters and digits. */
export function keysAt(at: number): readonly string[] {
  if (at === 0) return [...plateProvinces]
  if (at === 1) return letters
  return at >= 6 ? [...digits, ...letters, ...specials] : [...digits, ...letters]
}

/** Writes `key` at `at`; answers the plate and where to go on, at most the eighth box. */
export function type(plate: string, at: number, key: string): { plate: string; at: number } {
  const next = (plate.slice(0, at).padEnd(at, ' ') + key + plate.slice(at + 1)).trimEnd()
  return { plate: next.slice(0, 8), at: Math.min(at + 1, 7) }
}

/** Removes the character at `at`, or the one before it when the box is empty. */
export function erase(plate: string, at: number): { plate: string; at: number } {
  if (plate[at]) return { plate: plate.slice(0, at) + plate.slice(at + 1), at }
  const before = Math.max(0, Math.min(at, plate.length) - 1)
  return { plate: plate.slice(0, before) + plate.slice(before + 1), at: before }
}
