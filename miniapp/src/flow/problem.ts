import { Fault, Offline, Refusal } from '@/platform/request'
import { text } from '@/i18n'

/** Why something did not work, ready to be shown. */
export type Problem =
  | { kind: 'offline' }
  | { kind: 'refused'; code: string; facts: Record<string, unknown> }
  | { kind: 'error'; requestId: string }

/** Sorts what was thrown: no answer, an expected no, or a failure. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Offline) return { kind: 'offline' }
  if (thrown instanceof Refusal) return { kind: 'refused', code: thrown.code, facts: thrown.facts }
  return { kind: 'error', requestId: thrown instanceof Fault ? thrown.requestId : '' }
}

/** One sentence for a toast or beside a button. */
export function sentenceOf(problem: Problem): string {
  if (problem.kind === 'offline') return text('common.toast.offline')
  if (problem.kind === 'refused') return text(`refusal.${problem.code}`)
  return text('common.toast.fault')
}

/** Whether a sign-in would cure it. */
export const needsSignIn = (problem: Problem | null): boolean => problem?.kind === 'refused' && (problem.code === 'unauthenticated' || problem.code === 'session_expired')
