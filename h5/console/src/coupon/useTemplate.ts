import { computed, reactive, ref, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { stateAfter } from '@atrium/shared/coupon/rules.ts'
import { call } from '../platform/call.ts'
import { text } from '../platform/copy.ts'
import { mayDo, useSession } from '../platform/session.ts'
import { troubleOf, useAction, type Trouble } from '../platform/useAsync.ts'
import { useUnsaved } from '../ui/form/useUnsaved.ts'
import { say } from '../ui/toast.ts'
import { draftOf, inputOf, newDraft, verbsFor, type Draft, type TemplateDetail } from './template.ts'

/**
 * The editor of one template: a new one, a copy of another (`?from=`), or an existing one, which is editable while it is a draft;
 * `revise` begins a new version of one that was approved or paused. `saving` answers the saved template, or null when it was refused.
 */
export function useTemplate() {
  const route = useRoute()
  const router = useRouter()
  const session = useSession()
  const template = shallowRef<TemplateDetail | null>(null)
  const trouble = shallowRef<Trouble | null>(null)
  const loading = ref(false)
  const draft = reactive<Draft>(newDraft(Date.now()))
  const { dirty, keep } = useUnsaved(draft)
  const revising = ref(false)
  const id = computed(() => (typeof route.params.templateId === 'string' ? route.params.templateId : null))

  const fill = (next: Draft) => { Object.assign(draft, next); keep() }
  async function load(): Promise<void> {
    const from = id.value ?? (typeof route.query.from === 'string' ? route.query.from : null)
    if (!from) return fill(newDraft(Date.now()))
    loading.value = true
    trouble.value = null
    revising.value = false
    try {
      const found = await call('GET /admin/coupon-templates/{templateId}', { params: { templateId: from } })
      template.value = id.value ? found : null
      fill(draftOf(found, Date.now()))
    } catch (cause) {
      trouble.value = troubleOf(cause)
    } finally {
      loading.value = false
    }
  }

  const saving = useAction(async () => {
    const body = inputOf(draft)
    const saved = id.value ? await call('PUT /admin/coupon-templates/{templateId}', { params: { templateId: id.value }, body }) : await call('POST /admin/coupon-templates', { body })
    keep()
    say(text('coupon.done_save'))
    if (id.value) await load()
    else await router.replace(`/coupons/templates/${saved.templateId}`)
    return saved
  })

  return {
    template, draft, trouble, loading, load, saving, id, dirty, revising,
    editable: computed(() => mayDo('coupon.edit') && (!template.value || template.value.state === 'draft' || revising.value)),
    revisable: computed(() => mayDo('coupon.edit') && !revising.value && template.value !== null && template.value.state !== 'draft' && stateAfter(template.value.state, 'edit') !== null),
    verbs: computed(() => (template.value ? verbsFor(template.value, session.may) : [])),
    own: computed(() => template.value !== null && template.value.submittedBy === session.me?.name),
  }
}
