import { computed, ref, shallowRef } from 'vue'
import { call } from '../platform/call.ts'
import { text } from '../platform/copy.ts'
import { useAction } from '../platform/useAsync.ts'
import { useBadges } from '../shell/badges.ts'
import { say } from '../ui/toast.ts'
import { verbName, type Template, type Verb } from './template.ts'

export type VerbState = ReturnType<typeof useVerb>
type Subject = Pick<Template, 'templateId' | 'title' | 'state'>

/** Takes a template one step on (submit, approve, return, publish, pause, resume, end), asking first; `onDone` reloads the page. */
export function useVerb(onDone: (template: Template) => void) {
  const name = ref<Verb | null>(null)
  const subject = shallowRef<Subject | null>(null)
  const said = computed(() => (name.value && subject.value ? verbName(name.value, subject.value) : 'submit'))

  const send = (verb: Verb, templateId: string, reason: string): Promise<Template> => {
    const params = { templateId }
    if (verb === 'return') return call('POST /admin/coupon-templates/{templateId}/return', { params, body: { reason } })
    return call(`POST /admin/coupon-templates/{templateId}/${verb}`, { params })
  }
  const action = useAction(async (reason: string) => {
    const verb = name.value!
    const after = await send(verb, subject.value!.templateId, reason)
    say(text(`coupon.done_${said.value}`))
    name.value = null
    void useBadges().load()
    onDone(after)
  })
  const written = ref('')
  /** `reason` is what was written before asking. */
  const ask = (verb: Verb, template: Subject, reason = '') => { action.trouble.value = null; subject.value = template; written.value = reason; name.value = verb }
  return { name, said, subject, written, ask, cancel: () => { name.value = null }, run: action.run, busy: action.busy, trouble: action.trouble }
}
