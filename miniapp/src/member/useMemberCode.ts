import { computed } from 'vue'
import { codeStepMs, dynamicCode } from '@atrium/shared/dynamic-code.ts'
import { useClock } from '@/flow/useClock'
import { useMember } from './useMember'

/** The code on the member card: drawn here, new each minute, right even when the phone's clock is not. */
export function useMemberCode() {
  const member = useMember()
  const now = useClock()
  const code = computed(() => (member.card ? dynamicCode(member.card.memberNumber, member.card.secret, now.value) : null))
  const leftMs = computed(() => codeStepMs - (now.value % codeStepMs))
  const seconds = computed(() => Math.ceil(leftMs.value / 1000))
  const offline = computed(() => member.problem?.kind === 'offline')
  return { code, seconds, fraction: computed(() => leftMs.value / codeStepMs), offline }
}
