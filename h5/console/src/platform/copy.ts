import { createI18n } from 'vue-i18n'
import type { Language } from './format.ts'

type Messages = { [key: string]: string | Messages }

const remembered = 'atrium.console.language'

function initial(): Language {
  const kept = localStorage.getItem(remembered)
  if (kept === 'en' || kept === 'zh-CN') return kept
  return navigator.language.startsWith('zh') || !navigator.language ? 'zh-CN' : 'en'
}

export const i18n = createI18n({ legacy: false, locale: initial() as string, fallbackLocale: 'zh-CN', missingWarn: false, fallbackWarn: false, messages: { 'zh-CN': {}, en: {} } })

/**
 * Adds the copy of one feature under its own name; pages import their `copy.ts` for this effect, so copy travels with the
 * page that needs it. Both languages have the same keys, which the type sees to.
 */
export function addCopy<const M extends Messages>(feature: string, chinese: M, english: { [K in keyof M]: M[K] extends string ? string : { [L in keyof M[K]]: M[K][L] extends string ? string : Messages } }): void {
  i18n.global.mergeLocaleMessage('zh-CN', { [feature]: chinese })
  i18n.global.mergeLocaleMessage('en', { [feature]: english })
}

/** Text of `key` in the language of the operator, usable outside components. */
export const text = (key: string, values: Record<string, unknown> = {}): string => i18n.global.t(key, values)

/** Whether copy exists for `key`. */
export const hasText = (key: string): boolean => i18n.global.te(key) || i18n.global.te(key, 'zh-CN')

/** The language shown now. */
export const language = (): Language => i18n.global.locale.value as Language

/** Changes the language, remembers it and tells assistive technology. */
export function setLanguage(next: Language): void {
  i18n.global.locale.value = next
  localStorage.setItem(remembered, next)
  document.documentElement.lang = next
}
