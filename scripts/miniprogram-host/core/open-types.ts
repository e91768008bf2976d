/** `button open-type`: the phone number, privacy consent, sharing, Alipay's authorisation. */
import type { Host } from './host.ts'
import type { Bag, ViewElement } from './types.ts'

export interface OpenTypes {
  /** Does what the button's open-type asks (WeChat joins several with `|`). Failures reach the button's own event. */
  act(button: ViewElement): Promise<void>
  /** Whether a button with this id was tapped to agree to the privacy guideline. */
  agreedBy(buttonId: string): boolean
}

const failure = (error: unknown): Bag => ({ errMsg: String((error as { errMsg?: string })?.errMsg ?? (error as Error)?.message ?? error) })

export function createOpenTypes(host: Host): OpenTypes {
  const agreed = new Set<string>()

  /** Asks the API (mocks included) under the button's own name and hands the outcome to its event. */
  const answerWith = async (button: ViewElement, method: string, event: string) => {
    try {
      if (host.options.pack.platform === 'weapp') await host.api.privacy.require(`button.${method}`)
      host.events.fire(button, event, { errMsg: `${method}:ok`, ...await host.api.ask(method, {}) })
    } catch (error) {
      host.events.fire(button, event, failure(error))
    }
  }

  const acts: Record<string, (button: ViewElement) => void | Promise<void>> = {
    agreePrivacyAuthorization(button) {
      agreed.add(button.id)
      host.api.privacy.consent()
      host.events.fire(button, 'agreeprivacyauthorization', {})
    },
    getPhoneNumber: (button) => answerWith(button, 'getPhoneNumber', 'getphonenumber'),
    getRealtimePhoneNumber: (button) => answerWith(button, 'getRealtimePhoneNumber', 'getrealtimephonenumber'),
    getAuthorize: (button) => { host.events.fire(button, 'getauthorize', {}) },
    share(button) {
      const page = host.pages.top()
      const shared = host.pages.call(page, 'onShareAppMessage', { from: 'button', target: { id: button.id, dataset: button.__wxElement?.dataset ?? {} } })
      void Promise.resolve(shared).then((content) => { host.api.record('share', (content ?? {}) as Bag) })
    },
    contact: () => { host.api.record('contact', {}) },
    openSetting: () => { host.api.record('openSetting', {}) },
    feedback: () => { host.api.record('feedback', {}) },
  }
  return {
    agreedBy: (id) => agreed.has(id),
    async act(button) {
      const types = String(host.elements.attributes(button)['open-type'] ?? '').split('|').filter(Boolean)
      // Consent first: `getPhoneNumber|agreePrivacyAuthorization` asks for the number once it is given.
      for (const type of types.sort((a, b) => Number(b.startsWith('agree')) - Number(a.startsWith('agree')))) await acts[type]?.(button)
    },
  }
}
