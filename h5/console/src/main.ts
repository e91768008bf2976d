import { createPinia } from 'pinia'
import { createApp } from 'vue'
import '@atrium/shared/design/tokens.css'
import './ui/base.css'
import './ui/element.css'
import App from './App.vue'
import { connect } from './platform/call.ts'
import { i18n, language } from './platform/copy.ts'
import './platform/names.ts'
import { useSession } from './platform/session.ts'
import './shell/copy.ts'
import './staff/signInCopy.ts'
import { makeRouter } from './shell/router.ts'
import { toSignIn } from './shell/toSignIn.ts'
import './ui/copy.ts'

document.documentElement.lang = language()
const router = makeRouter()
const app = createApp(App).use(createPinia()).use(i18n).use(router)
connect({
  // The session ended while a page was open: sign in again and come back to the same address.
  onSignedOut: () => { if (useSession().me) void toSignIn(router, true) },
})
app.mount('#app')
