import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test } from 'vitest'
import { effectScope } from 'vue'
import { connect } from '../platform/call.ts'
import { setLanguage } from '../platform/copy.ts'
import { json, mountAt } from '../testing/mounting.ts'
import PlateCorrection from '../ui/PlateCorrection.vue'
import { byUrgency, poseOf, type Lane } from './lane.ts'
import { useControl } from './useControl.ts'

const lane = (name: string, state: Lane['state'], barrier: Lane['barrier'] = 'down') => ({ name, state, barrier }) as Lane

test('faults come first, then lanes where someone waits', () => {
  const lanes = [lane('P1 入口1', 'closed'), lane('P1 出口1', 'open'), lane('P2 出口', 'waiting_payment'), lane('P1 入口2', 'offline'), lane('P1 出口2', 'jammed')]
  expect(byUrgency(lanes).map((l) => l.name)).toEqual(['P1 出口2', 'P1 入口2', 'P2 出口', 'P1 出口1', 'P1 入口1'])
})

test.each([['jammed', 'up', 'fault'], ['offline', 'down', 'fault'], ['open', 'up', 'up'], ['opening', 'moving', 'moving'], ['closed', 'down', 'down']] as const)('a %s lane with the arm %s is drawn %s', (state, barrier, pose) => expect(poseOf(lane('x', state, barrier))).toBe(pose))

describe('correcting a plate', () => {
  beforeEach(() => { setLanguage('zh-CN'); document.body.innerHTML = '' })
  const make = (proposals: unknown[] = [{ number: '苏CF9283', score: 0.96, evidence: '常来', hints: [] }]) => mountAt(PlateCorrection, { props: { read: '苏CF92?3', photo: null, confidence: 0.71, place: 'P2 入口', proposals, rejectable: true } } as never)
  const press = (wrapper: Awaited<ReturnType<typeof make>>['wrapper'], text: string) => wrapper.findAll('button').find((b) => b.text() === text)!.trigger('click')

  test('the box the camera was not sure of is marked', async () => {
    const { wrapper } = await make()
    expect(wrapper.findAll('.boxes span').map((s) => s.text()).join('')).toBe('苏CF9283')
    expect(wrapper.findAll('.boxes .unsure').map((s) => s.text())).toEqual(['8'])
  })

  test('the proposal is taken by one press', async () => {
    const { wrapper } = await make()
    await press(wrapper, '按这个改正')
    expect(wrapper.emitted('accept')).toEqual([['苏CF9283']])
  })

  test('a typed plate has to be one', async () => {
    const { wrapper } = await make([])
    await press(wrapper, '自己填')
    const save = () => wrapper.findAll('button').find((b) => b.text() === '改正')!
    await wrapper.find('input').setValue('苏cf92')
    expect(save().attributes('disabled')).toBeDefined()
    await wrapper.find('input').setValue('苏c·f9283')
    await wrapper.find('form').trigger('submit')
    expect(wrapper.emitted('accept')).toEqual([['苏CF9283']])
  })

  test.each([['苏C·D15208', '苏CD15208'], ['苏c 1234学', '苏C1234学'], ['粤ZF023港', '粤ZF023港'], ['苏A·1234警', '苏A1234警'], ['苏CB103挂', '苏CB103挂']])('%s is typed or pasted as it hangs on the car', async (text, number) => {
    const { wrapper } = await make([])
    await press(wrapper, '自己填')
    const input = wrapper.find('input')
    expect(Number(input.attributes('maxlength'))).toBeGreaterThanOrEqual(text.length)
    await input.setValue(text)
    await wrapper.find('form').trigger('submit')
    expect(wrapper.emitted('accept')).toEqual([[number]])
  })

  test('none of them is an answer too', async () => {
    const { wrapper } = await make()
    await press(wrapper, '不是')
    expect(wrapper.emitted('reject')).toHaveLength(1)
  })
})

describe('the control room', () => {
  let waiting: string[] = []
  let sent: string[] = []
  const enter = async () => {
    setActivePinia(createPinia())
    sent = []
    connect({ fetch: (async (url: string, request: RequestInit) => {
      if (request.method === 'POST') { sent.push(url); return json({}) }
      return url === '/admin/events' ? new Promise(() => {}) : json({ items: url.endsWith('/readings') ? waiting.map((readingId) => ({ readingId })) : [], hours: [] })
    }) as typeof fetch })
    const scope = effectScope()
    const room = scope.run(useControl)!
    await flushPromises()
    const arrives = async (...ids: string[]) => { waiting = ids; await room.load(); await flushPromises() }
    return { room, scope, arrives }
  }

  test('the reading in view stays when another car comes, and when it is dealt with the next waits to be chosen', async () => {
    waiting = ['A']
    const { room, scope, arrives } = await enter()
    await arrives('B', 'A')
    expect(room.reading.value?.readingId).toBe('A')
    await arrives('B')
    expect(room.reading.value).toBeNull()
    await arrives()
    await arrives('C')
    expect(room.reading.value?.readingId).toBe('C')
    scope.stop()
  })

  test('an open question is about the reading it was opened on', async () => {
    waiting = ['A']
    const { room, scope, arrives } = await enter()
    room.dismissing.value = room.reading.value
    await arrives('B')
    room.readingId.value = 'B'
    await room.dismiss.run('重复识别')
    expect(sent).toEqual(['/admin/parking/readings/A/dismiss'])
    scope.stop()
  })
})
