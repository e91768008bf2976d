import { ref, shallowRef } from 'vue'
import { call } from '../platform/call.ts'
import { text } from '../platform/copy.ts'
import { useAction } from '../platform/useAsync.ts'
import { useBadges } from '../shell/badges.ts'
import { say } from '../ui/toast.ts'
import type { Template, Verb } from './template.ts'

export type VerbState = ReturnType<typeof useVerb>

/** Takes a template one step on (submit, approve, return, publish, pause, resume, end), asking first; `onDone` reloads the page. */
export function useVerb(onDone: (template: Template) => void) {
  const name = ref<Verb | null>(null)
  const subject = shallowRef<Pick<Template, 'templateId' | 'title'> | null>(null)

  const send = (verb: Verb, templateId: string, reason: string): Promise<Template> => {
    const params = { templateId }
    if (verb === 'return') return call('POST /admin/coupon-templates/{templateId}/return', { params, body: { reason } })
    return call(`POST /admin/coupon-templates/{templateId}/${verb}`, { params })
  }
  const action = useAction(async (reason: string) => {
    const verb = name.value!
    const after = await send(verb, subject.value!.templateId, reason)
    say(text(`coupon.done_${verb}`))
    name.value = null
    void useBadges().load()
    onDone(after)
  })
  const ask = (verb: Verb, template: Pick<Template, 'templateId' | 'title'>) => { action.trouble.value = null; subject.value = template; name.value = verb }
  return { name, subject, ask, cancel: () => { name.value = null }, run: action.run, busy: action.busy, trouble: action.trouble }
}
