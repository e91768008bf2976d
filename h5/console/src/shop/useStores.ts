import { computed, shallowRef } from 'vue'
import { call } from '../platform/call.ts'
import type { Reply } from '../platform/api.ts'
import { either } from '../platform/names.ts'
import { mayDo } from '../platform/session.ts'
import type { Option } from '../ui/list/spec.ts'

export type Tenants = Reply<'GET /admin/tenants'>['items']

/** Tenants and their stores, for choosers; empty for those who may not read shops. */
export function useStores() {
  const tenants = shallowRef<Tenants>([])
  // A chooser without names is a courtesy lost, not a page broken.
  if (mayDo('shop.read')) void call('GET /admin/tenants').then((reply) => { tenants.value = reply.items }, () => {})
  const stores = computed(() => tenants.value.flatMap((tenant) => tenant.stores))
  const options = computed<Option[]>(() => stores.value.map((s) => ({ value: s.storeId, label: `${either(s.name, s.nameEn)} · ${s.unit}` })))
  const nameOf = (storeId: string) => { const s = stores.value.find((x) => x.storeId === storeId); return s ? either(s.name, s.nameEn) : null }
  return { tenants, stores, options, nameOf }
}
