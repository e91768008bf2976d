import { createApp } from 'vue'
import { createPinia } from 'pinia'
import { currentLanguage, i18n } from '@/i18n'
import '@/i18n/common'
import '@/i18n/refusals'
import { announceLanguage, listenToKeyboard } from '@/platform/aria'
import '@atrium/shared/design/tokens.css'
import './app.scss'

const App = createApp({
  onLaunch() {
    listenToKeyboard()
    announceLanguage(currentLanguage())
  },
})
App.use(createPinia())
App.use(i18n)
export default App
