import { computed, ref } from 'vue'
import { formatPlate, isPlate } from '@atrium/shared/plate.ts'
import { text } from '@/i18n'
import { useAction } from '@/flow/useAction'
import { useLoad } from '@/flow/useLoad'
import { call } from '@/platform/request'
import { erase, type } from '@/ui/plateKeys'
import { toast } from '@/ui/toast'
import './messages'

/** What is typed on the plate keyboard. Xuzhou begins with 苏C, so its province stands there, ready to be changed. */
export function usePlateTyping() {
  const plate = ref('苏')
  const at = ref(0)
  const complete = computed(() => isPlate(plate.value))
  const set = (next: { plate: string; at: number }) => { plate.value = next.plate; at.value = next.at }
  return {
    plate, at, complete,
    key: (key: string) => set(type(plate.value, at.value, key)),
    erase: () => set(erase(plate.value, at.value)),
    pick: (box: number) => { at.value = Math.min(box, plate.value.length) },
    next: () => { at.value = Math.min(at.value + 1, plate.value.length, 7) },
    reset: () => set({ plate: '苏', at: 0 }),
  }
}

/** My plates: bind, unbind (with a way back), or find a car without being a member. */
export function usePlates() {
  const plates = useLoad(() => call('GET /api/parking/plates'))
  const bindAction = useAction((key, plate: string) => call('POST /api/parking/plates', { body: { plate }, key }))
  const unbindAction = useAction((key, plateId: string) => call('DELETE /api/parking/plates/{plateId}', { params: { plateId }, key }))
  const findAction = useAction((_key, plate: string) => call('POST /api/parking/lookup', { body: { plate } }))

  async function bind(plate: string): Promise<boolean> {
    const bound = await bindAction.run(plate)
    if (!bound) return false
    toast({ tone: 'good', text: text('parking.bound', { plate: formatPlate(plate) }) })
    await plates.load()
    return true
  }

  async function unbind(plateId: string, plate: string): Promise<void> {
    const done = await unbindAction.run(plateId)
    if (!done) return
    await plates.load()
    toast({ tone: 'good', text: text('parking.unbound'), action: { text: text('parking.undo'), run: () => { void bind(plate) } } })
  }

  const find = async (plate: string) => (await findAction.run(plate))?.item ?? null
  const busy = computed(() => bindAction.running.value || findAction.running.value)
  return { plates, bind, unbind, unbinding: unbindAction.running, find, busy }
}
