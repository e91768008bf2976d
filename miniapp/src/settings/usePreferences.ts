import { defineStore } from 'pinia'
import { ref } from 'vue'
import { currentLanguage, speak, type Language } from '@/i18n'
import { recall, remember } from '@/platform/storage'
import { call } from '@/platform/request'
import { currentSession } from '@/platform/session'

/** How this person wants to see the app: elder view and language. Kept here, and with the member when signed in. */
export const usePreferences = defineStore('preferences', () => {
  const elder = ref(recall('elder', false))

  function setElder(on: boolean): void {
    elder.value = on
    remember('elder', on)
    share({ elderView: on })
  }

  function setLanguage(language: Language): void {
    speak(language)
    share({ language })
  }

  /** What the member chose on another device becomes so here, at sign-in. */
  function adopt(me: { elderView: boolean; language: Language }): void {
    elder.value = me.elderView
    remember('elder', me.elderView)
    speak(me.language)
  }

  /** What was chosen here before joining becomes the member's. */
  const hand = () => share({ elderView: elder.value, language: currentLanguage() })

  return { elder, setElder, setLanguage, adopt, hand }
})

/** The choice already holds on this device; failing to share it must not trouble anyone. */
function share(change: { elderView?: boolean; language?: Language }): void {
  if (currentSession('member')) call('PUT /api/member/me', { body: change }).catch(() => undefined)
}
