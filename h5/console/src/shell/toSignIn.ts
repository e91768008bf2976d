import type { Router } from 'vue-router'
import { useSession } from '../platform/session.ts'

let leading: Promise<boolean> | null = null

/**
 * Leads to the sign-in page and forgets who was here, unless they stay for something unsaved; answers whether they went. With `back`,
 * signing in again comes back to the same address.
 */
export const toSignIn = (router: Router, back: boolean): Promise<boolean> => (leading ??= (async () => {
  const here = router.currentRoute.value
  const failure = here.meta.open ? undefined : await router.push({ name: 'sign-in', query: back && here.fullPath !== '/' ? { to: here.fullPath } : {} })
  if (!failure) useSession().forget()
  return !failure
})().finally(() => { leading = null }))
