import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Reply } from '@atrium/shared/contracts.ts'
import { problemOf, type Problem } from '@/flow/problem'
import { call } from '@/platform/request'
import { currentSession, keepSession, onSession, recallMine, rememberMine } from '@/platform/session'
import { usePreferences } from '@/settings/usePreferences'

export type Home = Reply<'GET /api/member/home'>
export type Card = Reply<'GET /api/member/card'>

/** Who is signed in on this device, and what the first pages show of them. */
export const useMember = defineStore('member', () => {
  const signedIn = ref(currentSession('member') !== null)
  const home = shallowRef<Home | null>(recallMine<Home | null>('home', null))
  const card = shallowRef<Card | null>(recallMine<Card | null>('card', null))
  const problem = ref<Problem | null>(null)
  const me = computed(() => home.value?.me ?? null)

  onSession((kind, session) => {
    if (kind !== 'member') return
    signedIn.value = session !== null
    if (session === null) forget()
  })

  function forget(): void {
    home.value = null
    card.value = null
  }

  /** Asks for the member's home; keeps the last one when that fails. */
  async function load(): Promise<void> {
    if (!signedIn.value) return
    try {
      home.value = await call('GET /api/member/home')
      rememberMine('home', home.value)
      problem.value = null
    } catch (thrown) {
      problem.value = problemOf(thrown)
    }
  }

  /** Asks for the card and its secret; off-line the kept one still draws codes. */
  async function loadCard(): Promise<void> {
    if (!signedIn.value) return
    try {
      card.value = await call('GET /api/member/card')
      rememberMine('card', card.value)
      problem.value = null
    } catch (thrown) {
      problem.value = problemOf(thrown)
    }
  }

  /** After a sign-in: show who they are and adopt how they like to see the app. A newcomer has chosen that on this device alone, so it goes with them. */
  async function arrive(joined: boolean): Promise<void> {
    if (joined) usePreferences().hand()
    await load()
    if (!joined && me.value) usePreferences().adopt(me.value)
    await loadCard()
  }

  /** Signs out here or everywhere. The server is told; this device forgets in any case. */
  async function signOut(everywhere: boolean): Promise<void> {
    await call('POST /api/identity/sign-out', { body: { everywhere } }).catch(() => undefined)
    keepSession('member', null)
  }

  return { signedIn, home, card, me, problem, load, loadCard, arrive, signOut }
})
