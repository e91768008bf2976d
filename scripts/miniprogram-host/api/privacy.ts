/**
 * WeChat's privacy consent: a call or button that touches personal data waits until the member agrees. With a listener
 * the app shows its own notice and resolves; without one, WeChat's own notice is taken as agreed, and recorded.
 */
import type { Host } from '../core/host.ts'
import type { AnyFunction, Bag } from '../core/types.ts'
import { ApiFailure, type ApiArea } from './area.ts'

export interface Privacy {
  /** Resolves once the member has agreed; rejects when they refuse. */
  require(referrer: string): Promise<void>
  /** The member tapped an agree button: the platform remembers it. */
  consent(): void
  area: ApiArea
}

const REFUSED = 'privacy permission is not authorized'

export function createPrivacy(host: Host): Privacy {
  let needed = host.options.privacyNeeded && host.options.pack.platform === 'weapp'
  let listener: AnyFunction | undefined

  /** The app must answer with the id of the button that was tapped to agree. */
  const settle = (answer: Bag, agree: () => void, refuse: (error: Error) => void) => {
    if (answer.event === 'exposureAuthorization') return
    if (answer.event === 'disagree') { refuse(new ApiFailure(REFUSED)); return }
    if (answer.event !== 'agree' || !host.openTypes.agreedBy(String(answer.buttonId))) {
      refuse(new ApiFailure(`${REFUSED}: no tapped agreePrivacyAuthorization button has the id "${String(answer.buttonId)}"`))
      return
    }
    needed = false
    agree()
  }
  const require = (referrer: string): Promise<void> => {
    if (!needed) return Promise.resolve()
    if (!listener) {
      host.api.record('privacyNotice', { referrer })
      needed = false
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      listener!((answer: Bag) => { settle(answer, resolve, reject) }, { referrer })
    })
  }
  const area: ApiArea = host.options.pack.platform === 'alipay' ? {} : {
    now: { onNeedPrivacyAuthorization: (given: AnyFunction) => { listener = given } },
    later: {
      getPrivacySetting: () => ({ needAuthorization: needed, privacyContractName: '《小程序隐私保护指引》' }),
      openPrivacyContract: () => { host.api.record('openPrivacyContract', {}) },
      requirePrivacyAuthorize: () => require('requirePrivacyAuthorize'),
    },
  }
  return { require, area, consent() { needed = false } }
}
