import { createApp } from 'vue'
import { createPinia } from 'pinia'
import { currentLanguage, i18n, text } from '@/i18n'
import '@/i18n/common'
import '@/i18n/refusals'
import { announceLanguage, listenToKeyboard } from '@/platform/aria'
import '@atrium/shared/design/tokens.css'
import './app.scss'

const App = createApp({
  onLaunch() {
    listenToKeyboard()
    announceLanguage(currentLanguage(), text('common.mall'))
  },
})
App.use(createPinia())
App.use(i18n)
export default App
