import { describe, expect, test, vi } from 'vitest'

vi.mock('@/i18n', () => ({ addMessages: () => {} }))
const { usePlateEntry } = await import('./usePlateEntry')

describe('typing a plate', () => {
  test('starts in Xuzhou and is ready with the last character', () => {
    const entry = usePlateEntry()
    expect(entry.ready.value).toBe(false)
    for (const key of '8K6Q2') entry.press(key)
    expect([entry.plate.value, entry.ready.value]).toEqual(['苏C8K6Q2', true])
  })
  test('the eighth box is for new energy and nothing comes after it', () => {
    const entry = usePlateEntry()
    for (const key of 'D15208') entry.press(key)
    expect([entry.plate.value, entry.ready.value, entry.at.value]).toEqual(['苏CD15208', true, 7])
  })
  test('provinces, then letters, then both; no I and no O', () => {
    const entry = usePlateEntry()
    entry.edit(0)
    expect(entry.keys.value).toHaveLength(31)
    entry.edit(1)
    expect(entry.keys.value).not.toContain('I')
    expect(entry.keys.value).not.toContain('0')
    entry.edit(2)
    expect(entry.keys.value).toContain('0')
  })
  test('erase takes the last one back, clear begins anew', () => {
    const entry = usePlateEntry()
    entry.press('8')
    entry.remove()
    expect(entry.plate.value).toBe('苏C')
    entry.press('9')
    entry.clear()
    expect([entry.plate.value, entry.at.value]).toEqual(['苏C', 2])
  })
})
