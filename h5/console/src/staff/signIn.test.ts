import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test } from 'vitest'
import { connect } from '../platform/call.ts'
import { setLanguage } from '../platform/copy.ts'
import { useSession } from '../platform/session.ts'
import { json, mountAt, person, problem } from '../testing/mounting.ts'
import TotpInput from './TotpInput.vue'
import { digitsOf, secondsLeft } from './totp.ts'
import { useSignIn } from './useSignIn.ts'

test.each([['123 456', '123456'], ['a1b2', '12'], ['1234567', '123456']])('%s holds the digits %s', (typed, digits) => expect(digitsOf(typed)).toBe(digits))
test.each([[0, 30], [12_400, 18], [29_999, 1], [30_000, 30]])('at %d ms the code lives %d s', (ms, left) => expect(secondsLeft(ms)).toBe(left))

describe('signing in', () => {
  let entered = 0
  const reply: Record<string, () => Response> = {}
  beforeEach(() => {
    setActivePinia(createPinia())
    setLanguage('zh-CN')
    entered = 0
    reply.first = () => json({ ticket: 'T1', expiresAt: 'x' })
    reply.second = () => json({ me: person(['dashboard.read']), token: null })
    connect({ fetch: (async (url: string) => (url.endsWith('totp') ? reply.second!() : reply.first!())) as typeof fetch, onSignedOut: () => {} })
  })
  const start = async () => {
    const signIn = useSignIn(() => { entered += 1 })
    signIn.account.value = 'zhou.ruolin'
    signIn.password.value = 'a long password'
    await signIn.sendPassword()
    return signIn
  }
  const type = async (signIn: ReturnType<typeof useSignIn>, code: string) => { signIn.code.value = code; await signIn.sendCode() }

  test('password, then code, then in; the password is not kept', async () => {
    const signIn = await start()
    expect([signIn.ticket.value, signIn.password.value]).toEqual(['T1', ''])
    await type(signIn, '407123')
    expect([entered, useSession().me?.name]).toEqual([1, '周若琳'])
  })

  test('a wrong password stays at the password', async () => {
    reply.first = () => problem(401, 'sign_in_failed')
    const signIn = await start()
    expect([signIn.ticket.value, signIn.problem.value]).toEqual([null, '账号或密码不对'])
  })

  test('a locked account says until when', async () => {
    reply.first = () => problem(423, 'account_locked', { until: '2026-11-21T06:41:00.000Z' })
    expect((await start()).problem.value).toContain('14:41')
  })

  test('a wrong code empties the boxes and keeps the ticket', async () => {
    reply.second = () => problem(401, 'totp_wrong')
    const signIn = await start()
    await type(signIn, '000000')
    expect([signIn.ticket.value, signIn.code.value, entered]).toEqual(['T1', '', 0])
    expect(signIn.problem.value).toContain('验证码不对')
  })

  test('a ticket that ran out leads back to the password', async () => {
    reply.second = () => problem(401, 'sign_in_failed')
    const signIn = await start()
    await type(signIn, '407123')
    expect([signIn.ticket.value, signIn.problem.value]).toEqual([null, '等得太久，请重新输入密码。'])
  })
})

test('the boxes take a pasted code and say when it is whole', async () => {
  const { wrapper } = await mountAt(TotpInput, { props: { modelValue: '', label: '验证码' } } as never)
  await wrapper.find('input').setValue('407 123')
  await flushPromises()
  expect(wrapper.emitted('update:modelValue')?.at(-1)).toEqual(['407123'])
  expect(wrapper.emitted('done')).toHaveLength(1)
})
