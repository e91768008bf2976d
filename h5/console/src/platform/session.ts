import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Permission } from '@atrium/shared/staff/permissions.ts'
import { call, isNobody, Refused } from './call.ts'
import type { Reply } from './api.ts'
import { troubleOf, type Trouble } from './useAsync.ts'

export type Me = Reply<'GET /admin/me'>

/** Who is signed in and what they may do. The session itself is an HttpOnly cookie the console never sees. */
export const useSession = defineStore('session', () => {
  const me = ref<Me | null>(null)
  const known = ref(false)
  const trouble = shallowRef<Trouble | null>(null)
  const permissions = computed(() => new Set(me.value?.permissions ?? []))
  const may = (permission: Permission) => permissions.value.has(permission)

  /** Asks the BFF once who is here; later calls answer at once. Null: nobody, or `trouble` says why it is not known. */
  async function load(): Promise<Me | null> {
    if (known.value) return me.value
    try {
      me.value = await call('GET /admin/me')
    } catch (cause) {
      if (!(cause instanceof Refused && isNobody(cause.code))) {
        trouble.value = troubleOf(cause)
        return null
      }
    }
    trouble.value = null
    known.value = true
    return me.value
  }
  const enter = (who: Me) => { me.value = who; known.value = true }
  const forget = () => { me.value = null; known.value = true }
  return { me, known, trouble, permissions, may, load, enter, forget }
})

/** Whether the person signed in may do `permission`; for templates and lists. */
export const mayDo = (permission: Permission): boolean => useSession().may(permission)
