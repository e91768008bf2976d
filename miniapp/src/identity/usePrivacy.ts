import type { Reply } from '@atrium/shared/contracts.ts'
import { useAction } from '@/flow/useAction'
import { useLoad } from '@/flow/useLoad'
import { useMember } from '@/member/useMember'
import { call } from '@/platform/request'

export type Purpose = Reply<'GET /api/privacy/consents'>['items'][number]['purpose']

/** The notice in force, and what this member agreed to. Agreeing and withdrawing are recorded with the version that was shown. */
export function usePrivacy() {
  const member = useMember()
  const notice = useLoad(() => call('GET /api/privacy/notice'))
  const consents = useLoad(async () => (member.signedIn ? (await call('GET /api/privacy/consents')).items : []))
  const action = useAction((key, purpose: Purpose, granted: boolean) => call('POST /api/privacy/consents', { body: { purpose, granted, version: notice.data.value?.version ?? '' }, key }))

  async function set(purpose: Purpose, granted: boolean): Promise<void> {
    await action.run(purpose, granted)
    await consents.load()
  }
  return { notice, consents, set, setting: action.running }
}
