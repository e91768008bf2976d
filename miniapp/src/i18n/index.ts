import { createI18n } from 'vue-i18n'
import { announceLanguage } from '@/platform/aria'
import { deviceLanguage } from '@/platform/device'
import { recall, remember } from '@/platform/storage'

export type Language = 'zh-CN' | 'en'
/** Messages of one feature: the same tree in both languages. */
export type Messages = { [key: string]: string | Messages }

/**
 * Fills `{name}` in. vue-i18n's own compiler knows plurals and links that we do not use and weighs 20 KB; ours is this function.
 */
const compile = (message: unknown) => (context: { values?: Record<string, unknown> }): string => String(message).replace(/\{(\w+)\}/g, (_, name: string) => String(context.values?.[name] ?? ''))

export const i18n = createI18n({
  legacy: false, messageCompiler: compile as never, locale: recall<Language>('language', deviceLanguage()), fallbackLocale: 'zh-CN', messages: { 'zh-CN': {}, en: {} } as Record<Language, Messages>,
  missingWarn: process.env.NODE_ENV === 'development', fallbackWarn: false,
})

/**
 * Adds a feature's copy under its name. Called when the feature's own package loads, so that the main package carries only
 * what every page needs.
 */
export function addMessages<const T extends Messages>(feature: string, copy: { zh: T; en: NoInfer<Shape<T>> }): void {
  i18n.global.mergeLocaleMessage('zh-CN', { [feature]: copy.zh })
  i18n.global.mergeLocaleMessage('en', { [feature]: copy.en as Messages })
}

type Shape<T> = { [K in keyof T]: T[K] extends string ? string : Shape<T[K]> }

export const currentLanguage = (): Language => i18n.global.locale.value as Language

/** Speaks `language` from now on and remembers it on this device. */
export function speak(language: Language): void {
  i18n.global.locale.value = language
  remember('language', language)
  announceLanguage(language, text('common.mall'))
}

/** Copy by its key, outside of components as well: `text('coupon.claim')`. Follows the language when used in a template. */
export const text = (key: string, values: Record<string, unknown> = {}): string => i18n.global.t(key, values)

/** Of a pair that the server sends in both languages, the one to show; Chinese when there is no English. */
export const pick = (zh: string, en: string): string => (currentLanguage() === 'en' && en ? en : zh)
