import { computed, onScopeDispose, ref, type ComputedRef } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'
import { text } from '../../platform/copy.ts'

export type Unsaved = { dirty: ComputedRef<boolean>; keep: () => void; mayLeave: () => boolean }

/**
 * Watches over what is typed into `model` while it is `open`: leaving the page, closing the tab and whoever asks `mayLeave` get the
 * question first. `keep` says that what stands there now is saved, or was there before.
 */
export function useUnsaved(model: object, open: () => boolean = () => true): Unsaved {
  const kept = ref(JSON.stringify(model))
  const dirty = computed(() => open() && JSON.stringify(model) !== kept.value)
  const mayLeave = () => !dirty.value || confirm(text('ui.form.leave'))
  const hold = (event: Event) => { if (dirty.value) event.preventDefault() }
  onBeforeRouteLeave(mayLeave)
  addEventListener('beforeunload', hold)
  onScopeDispose(() => removeEventListener('beforeunload', hold))
  return { dirty, mayLeave, keep: () => { kept.value = JSON.stringify(model) } }
}
