import { ref } from 'vue'
import type { Input } from '@atrium/shared/contracts.ts'
import { text } from '@/i18n'
import { useAction } from '@/flow/useAction'
import { useList } from '@/flow/useList'
import { useMember } from '@/member/useMember'
import { buzz } from '@/platform/device'
import { go } from '@/platform/navigate'
import { call } from '@/platform/request'
import { toast } from '@/ui/toast'
import type { Template } from './worth'

export type Kind = NonNullable<NonNullable<Input<'GET /api/coupon-templates'>['query']>['kind']>

/** The coupon centre: templates by kind, and claiming one. */
export function useCentre(pageSize = 20) {
  const kind = ref<Kind | 'all'>('all')
  const member = useMember()
  const list = useList((cursor) => call('GET /api/coupon-templates', { query: { cursor, limit: pageSize, kind: kind.value === 'all' ? undefined : kind.value } }))
  const claiming = ref<string | null>(null)
  const claimAction = useAction((key, templateId: string) => call('POST /api/coupon-templates/{templateId}/claim', { params: { templateId }, key }))

  /** Claims; a guest is led to joining first. Afterwards the row shows what the server says about it now. */
  async function claim(template: Template): Promise<boolean> {
    if (!member.signedIn) {
      go('/identity/join', { then: 'back' })
      return false
    }
    claiming.value = template.templateId
    const coupon = await claimAction.run(template.templateId)
    claiming.value = null
    await renew(template)
    if (!coupon) return false
    buzz()
    void member.load()
    toast({ tone: 'good', text: text('coupon.claimedToast'), action: { text: text('coupon.use'), run: () => go('/coupon/code', { id: coupon.couponId }) } })
    return true
  }

  /** The row as it stands now; when even that fails the old row stays. */
  async function renew(template: Template): Promise<void> {
    const fresh = await call('GET /api/coupon-templates/{templateId}', { params: { templateId: template.templateId } }).catch(() => null)
    if (fresh) list.put(fresh, (row) => row.templateId === fresh.templateId)
  }

  async function choose(next: Kind | 'all'): Promise<void> {
    kind.value = next
    await list.restart()
  }

  return { ...list, kind, choose, claim, claiming }
}
