import { createApp } from 'vue'
import { createPinia } from 'pinia'
import { i18n } from '@/i18n'
import '@/i18n/common'
import '@/i18n/refusals'
import '@atrium/shared/design/tokens.css'
import './app.scss'

const App = createApp({})
App.use(createPinia())
App.use(i18n)
export default App
