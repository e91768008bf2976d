import { computed, ref } from 'vue'
import { isPlate } from '@atrium/shared/plate.ts'
import { erase, keysAt, type } from '@/ui/plateKeys'

/** A plate being typed on the screen's own keys; begins with the mall's province and city. */
export function usePlateEntry(start = '苏C') {
  const plate = ref(start)
  const at = ref(start.length)
  const keys = computed(() => keysAt(at.value))
  const ready = computed(() => isPlate(plate.value))

  const place = (next: { plate: string; at: number }) => { plate.value = next.plate; at.value = next.at }
  return {
    plate, at, keys, ready,
    press: (key: string) => place(type(plate.value, at.value, key)),
    remove: () => place(erase(plate.value, at.value)),
    clear: () => place({ plate: start, at: start.length }),
    edit: (index: number) => { at.value = Math.min(index, plate.value.length) },
  }
}
