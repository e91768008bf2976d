import { Fault, Refused } from './call.ts'
import { addCopy, hasText, text } from './copy.ts'
import { chinese, english } from './refusalCopy.ts'

addCopy('refusal', chinese, english)

/** One sentence for what was refused or went wrong, in the language of the operator. */
export function explain(trouble: unknown): string {
  if (trouble instanceof Refused) {
    const key = `refusal.${trouble.code}`
    return hasText(key) ? text(key, trouble.facts) : text('refusal.unknown', { code: trouble.code })
  }
  if (trouble instanceof Fault) return trouble.offline ? text('ui.trouble.offline') : `${text('ui.trouble.fault')}${trouble.requestId ? ` (${trouble.requestId})` : ''}`
  return text('ui.trouble.fault')
}
