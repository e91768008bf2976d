import { computed, reactive, ref } from 'vue'
import { isTaxId } from '@atrium/shared/uscc.ts'
import type { Input } from '@atrium/shared/contracts.ts'
import { useAction } from '@/flow/useAction'
import { useLoad } from '@/flow/useLoad'
import { call } from '@/platform/request'
import type { Title } from './useFapiao'

type Body = Input<'POST /api/fapiao/titles'>['body']
const empty = { name: '', creditCode: '', address: '', phone: '', bank: '', account: '' }

/** The titles of this member. */
export const useTitles = () => useLoad(async () => (await call('GET /api/fapiao/titles')).items)

/** One title in the form: new, or the one with `titleId`. The credit code is checked while it is typed. */
export function useTitleForm(titleId: string | undefined, firstKind: Title['kind']) {
  const kind = ref<Title['kind']>(firstKind)
  const fields = reactive({ ...empty })
  const isDefault = ref(false)
  const loaded = useLoad(async () => {
    const found = (await call('GET /api/fapiao/titles')).items.find((title) => title.titleId === titleId)
    if (!found) return null
    kind.value = found.kind
    isDefault.value = found.isDefault
    for (const key of Object.keys(empty) as (keyof typeof empty)[]) fields[key] = found[key] ?? ''
    return found
  })

  const codeWrong = computed(() => kind.value === 'company' && fields.creditCode.length >= 15 && !isTaxId(fields.creditCode))
  const complete = computed(() => (kind.value === 'personal' ? fields.name.trim().length >= 1 : fields.name.trim().length >= 2 && isTaxId(fields.creditCode)))

  function write(key: keyof typeof empty, value: string): void {
    fields[key] = key === 'creditCode' ? value.toUpperCase().replace(/[^0-9A-Z]/g, '') : value
  }

  /** Optional fields left empty are left out, not sent as empty text. */
  function body(): Body {
    const name = fields.name.trim()
    if (kind.value === 'personal') return { kind: 'personal', name, isDefault: isDefault.value }
    const optional = Object.fromEntries((['address', 'phone', 'bank', 'account'] as const).filter((key) => fields[key].trim()).map((key) => [key, fields[key].trim()]))
    return { kind: 'company', name, creditCode: fields.creditCode, ...optional, isDefault: isDefault.value }
  }

  const saveAction = useAction((key, sent: Body) => (titleId ? call('PUT /api/fapiao/titles/{titleId}', { params: { titleId }, body: sent, key }) : call('POST /api/fapiao/titles', { body: sent, key })))
  const removeAction = useAction((key) => call('DELETE /api/fapiao/titles/{titleId}', { params: { titleId: titleId ?? '' }, key }))
  const save = async () => (await saveAction.run(body())) !== null
  const remove = async () => (await removeAction.run()) !== null
  return { kind, fields, isDefault, loaded, codeWrong, complete, write, save, saving: saveAction.running, remove, removing: removeAction.running }
}
