import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Reply } from '@atrium/shared/contracts.ts'
import { problemOf, type Problem } from '@/flow/problem'
import { call } from '@/platform/request'
import { currentSession, keepSession, onSession } from '@/platform/session'
import { recall, remember } from '@/platform/storage'

export type StaffMe = Reply<'GET /admin/me'>

/** The shop assistant who is signed in on this phone, and the store they stand in. */
export const useStaff = defineStore('staff', () => {
  const signedIn = ref(currentSession('staff') !== null)
  const me = shallowRef<StaffMe | null>(null)
  const storeId = ref(recall('staff.store', ''))
  const problem = ref<Problem | null>(null)
  const store = computed(() => me.value?.stores.find((one) => one.storeId === storeId.value) ?? me.value?.stores[0] ?? null)
  const may = (permission: string): boolean => me.value?.permissions.includes(permission) ?? false

  onSession((kind, session) => {
    if (kind !== 'staff') return
    signedIn.value = session !== null
    if (session === null) me.value = null
  })

  async function load(): Promise<void> {
    if (!signedIn.value) return
    try {
      me.value = await call('GET /admin/me')
      problem.value = null
    } catch (thrown) {
      problem.value = problemOf(thrown)
    }
  }

  function arrive(who: StaffMe, token: string): void {
    keepSession('staff', { accessToken: token })
    me.value = who
  }

  function choose(id: string): void {
    storeId.value = id
    remember('staff.store', id)
  }

  async function signOut(): Promise<void> {
    await call('POST /admin/sign-out').catch(() => undefined)
    keepSession('staff', null)
  }
  return { signedIn, me, store, problem, may, load, arrive, choose, signOut }
})
