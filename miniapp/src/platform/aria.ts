import { channel } from './channel'

/** State that a screen reader is told beside the role. */
export type AriaState = { label?: string; checked?: boolean; disabled?: boolean; selected?: boolean }

const defined = (given: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))

/**
 * Attributes for a pressable element. Mini-programs read `aria-role`, browsers read `role` and need a tab stop.
 */
export function pressable(role: string, state: AriaState = {}): Record<string, unknown> {
  const told = { 'aria-label': state.label, 'aria-checked': state.checked, 'aria-disabled': state.disabled, 'aria-selected': state.selected }
  if (channel !== 'h5') return defined({ 'aria-role': role, ...told })
  // A chosen button is a pressed one: `aria-selected` belongs to tabs and options.
  if (role === 'button') return defined({ role, tabindex: state.disabled ? -1 : 0, ...told, 'aria-selected': undefined, 'aria-pressed': state.selected })
  return defined({ role, tabindex: state.disabled ? -1 : 0, ...told })
}

/** Attributes for a drawing: named when it says something, hidden when it only decorates. */
export function picture(label?: string): Record<string, unknown> {
  if (!label) return { 'aria-hidden': true }
  return channel === 'h5' ? { role: 'img', 'aria-label': label } : { 'aria-role': 'img', 'aria-label': label }
}

/**
 * Name and keyboard of an input. Taro's H5 input is a shell around the real one, which takes its attributes through `nativeProps`; a
 * browser's number field forgets a number in groups, so there it is a text with the keys for digits.
 */
export function fieldOf(label: string, type: string): Record<string, unknown> {
  if (channel !== 'h5') return { type, 'aria-label': label }
  return { type: 'text', nativeProps: { 'aria-label': label, inputmode: type === 'number' ? 'numeric' : 'text' } }
}

/** Makes Enter and Space press what the keyboard points at. Browsers only. */
export function listenToKeyboard(): void {
  if (channel !== 'h5') return
  document.addEventListener('keydown', (event) => {
    const target = event.target as HTMLElement
    if (!/^(button|tab|checkbox|radio|switch|link)$/.test(target.getAttribute('role') ?? '')) return
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    target.click()
  })
}

/** Attributes of a panel that stands over the page until it is answered. */
export const dialog = (label: string): Record<string, unknown> => (channel === 'h5' ? { role: 'dialog', 'aria-modal': true, 'aria-label': label, tabindex: -1 } : { 'aria-role': 'dialog', 'aria-label': label })

/** Moves the focus into a dialog and keeps it there; Escape closes. What it answers gives the focus back to where it was. Browsers only. */
export function holdFocus(panel: HTMLElement, close: () => void): () => void {
  const before = document.activeElement as HTMLElement | null
  // Taro's elements move what they hold while they draw themselves, and what moves loses the focus: it comes when they stand.
  const enter = setTimeout(() => panel.focus(), 120)
  function listen(event: KeyboardEvent): void {
    if (event.key === 'Escape') close()
    if (event.key !== 'Tab') return
    const stops = [...panel.querySelectorAll<HTMLElement>('[tabindex="0"], input, textarea')]
    const [first, last] = [stops[0], stops[stops.length - 1]]
    const [from, to] = event.shiftKey ? [first, last] : [last, first]
    const at = document.activeElement
    if (at !== from && at !== panel && panel.contains(at)) return
    event.preventDefault()
    to?.focus()
  }
  document.addEventListener('keydown', listen)
  return () => {
    clearTimeout(enter)
    document.removeEventListener('keydown', listen)
    before?.focus()
  }
}

/** Tells browsers and screen readers the language of the page, and its title in it. */
export function announceLanguage(language: string, title: string): void {
  if (channel !== 'h5') return
  document.documentElement.lang = language
  document.title = title
}
