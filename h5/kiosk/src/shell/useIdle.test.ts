import { beforeEach, describe, expect, test, vi } from 'vitest'

let language = ''
vi.mock('@/i18n', () => ({ speak: (next: string) => { language = next } }))
const { idleSeconds, useIdle } = await import('./useIdle')
const { useScreen } = await import('./useScreen')
const { useManner } = await import('./useManner')

const screen = useScreen()
const idle = useIdle()
const pass = (seconds: number) => { for (let i = 0; i < seconds; i += 1) idle.tick() }

beforeEach(() => { idle.release(); screen.wipe(); screen.home(); idle.touch() })

describe('the countdown of the kiosk', () => {
  test('sixty seconds without a touch wipe it', () => {
    const { elder } = useManner()
    elder.value = true
    screen.open('parking')
    const before = screen.visitor.value
    pass(idleSeconds)
    expect([screen.screen.value.name, screen.visitor.value, elder.value]).toEqual(['attract', before + 1, false])
  })
  test('a touch begins anew, the last ten seconds warn', () => {
    pass(50)
    expect(idle.warning.value).toBe(true)
    idle.touch()
    expect([idle.left.value, idle.warning.value]).toEqual([idleSeconds, false])
  })
  test('once it asks whether somebody is there, only an answer counts', () => {
    idle.stir()
    pass(55)
    idle.stir()
    expect([idle.left.value, idle.warning.value]).toEqual([5, true])
  })
  test('a language chosen on the attract screen goes with the visitor who chose it', () => {
    screen.wipe()
    language = 'en'
    pass(idleSeconds - 5)
    expect([language, idle.warning.value]).toEqual(['en', false])
    pass(5)
    expect(language).toBe('zh-CN')
  })
  test('a pending payment holds it', () => {
    screen.open('pay')
    idle.hold()
    pass(300)
    expect(screen.screen.value.name).toBe('pay')
    idle.release()
    pass(idleSeconds)
    expect(screen.screen.value.name).toBe('attract')
  })
  test('back leads to where one came from and never to the attract screen', () => {
    screen.open('shops')
    screen.open('plan', { shopId: '1' })
    screen.back()
    expect(screen.screen.value.name).toBe('shops')
    screen.back()
    screen.back()
    expect(screen.screen.value.name).toBe('home')
  })
})
