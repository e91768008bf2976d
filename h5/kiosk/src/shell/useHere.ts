import { onScopeDispose } from 'vue'
import { useScreen } from './useScreen'

/** Tells, after each wait, whether the screen that asked still stands there for the same visitor: a later answer is nobody's and must change nothing. */
export function useHere(): () => boolean {
  const { visitor } = useScreen()
  const mine = visitor.value
  let there = true
  onScopeDispose(() => { there = false })
  return () => there && visitor.value === mine
}
