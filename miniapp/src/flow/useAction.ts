import { ref, type Ref } from 'vue'
import { freshKey, Refusal } from '@/platform/request'
import { toast } from '@/ui/toast'
import { problemOf, sentenceOf, type Problem } from './problem'

export type Action<A extends unknown[], T> = {
  /** Runs it; answers the result, or null when it did not work (the reason is in `problem` and, unless `quiet`, in a toast). */
  run: (...args: A) => Promise<T | null>
  running: Ref<boolean>
  problem: Ref<Problem | null>
}

/**
 * One thing a button does. A second press while it runs does nothing. The idempotency key handed to `act` stays the same until
 * an answer arrives (done, or refused), so that pressing again after a lost connection or a failure cannot do it twice. The
 * arguments name the act: ids, not rows that change meanwhile.
 */
export function useAction<A extends unknown[], T>(act: (key: string, ...args: A) => Promise<T>, options: { quiet?: boolean } = {}): Action<A, T> {
  const running = ref(false)
  const problem = ref<Problem | null>(null)
  const open = new Map<string, string>()

  async function run(...args: A): Promise<T | null> {
    if (running.value) return null
    const of = JSON.stringify(args)
    const key = open.get(of) ?? freshKey()
    open.set(of, key)
    running.value = true
    problem.value = null
    try {
      const result = await act(key, ...args)
      open.delete(of)
      return result
    } catch (thrown) {
      if (thrown instanceof Refusal && thrown.code !== 'idempotency_in_progress') open.delete(of)
      problem.value = problemOf(thrown)
      if (!options.quiet) toast({ tone: 'bad', text: sentenceOf(problem.value) })
      return null
    } finally {
      running.value = false
    }
  }
  return { run, running, problem }
}
