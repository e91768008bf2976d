// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

vi.hoisted(() => { process.env.TARO_ENV = 'h5' })
const { holdFocus } = await import('./aria')

const press = (key: string, shiftKey = false) => document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, cancelable: true }))
const at = () => document.activeElement?.id
const $ = (id: string) => document.getElementById(id)!

beforeEach(() => {
  vi.useFakeTimers()
  document.body.innerHTML = '<div id="opener" tabindex="0"></div><div id="panel" tabindex="-1"><div id="close" tabindex="0"></div><input id="field"><div id="do" tabindex="0"></div></div>'
  $('opener').focus()
})
afterEach(() => { vi.useRealTimers() })

test('the focus goes into a dialog, round in it, and back to what opened it', () => {
  const letGo = holdFocus($('panel'), vi.fn())
  vi.runAllTimers()
  expect(at()).toBe('panel')
  press('Tab')
  expect(at()).toBe('close')
  press('Tab', true)
  expect(at()).toBe('do')
  press('Tab')
  expect(at()).toBe('close')
  letGo()
  expect(at()).toBe('opener')
})

test('Escape closes it, and after that nothing', () => {
  const close = vi.fn()
  const letGo = holdFocus($('panel'), close)
  press('Escape')
  letGo()
  press('Escape')
  expect(close).toHaveBeenCalledTimes(1)
})
