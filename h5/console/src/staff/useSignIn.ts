import { ref } from 'vue'
import { call, Refused } from '../platform/call.ts'
import { clock } from '../platform/format.ts'
import { text } from '../platform/copy.ts'
import { explain } from '../platform/refusals.ts'
import { useSession } from '../platform/session.ts'
import { useAction } from '../platform/useAsync.ts'

/**
 * Signing in: the password gives a ticket, the ticket and six digits give the session. A ticket that ran out leads back to the
 * password; a wrong code empties the boxes; a locked account says until when.
 */
export function useSignIn(onEntered: () => void) {
  const account = ref('')
  const password = ref('')
  const code = ref('')
  const ticket = ref<string | null>(null)
  const problem = ref<string | null>(null)

  const say = (cause: unknown): string => {
    if (cause instanceof Refused && cause.code === 'account_locked') {
      const until = cause.facts.lockedUntil ?? cause.facts.until
      return [explain(cause), typeof until === 'string' ? text('signIn.lockedUntil', { time: clock(until) }) : ''].filter(Boolean).join(' ')
    }
    const left = cause instanceof Refused ? cause.facts.triesLeft : undefined
    return [explain(cause), typeof left === 'number' ? text('signIn.triesLeft', { n: left }) : ''].filter(Boolean).join(' ')
  }

  const first = useAction(async () => {
    problem.value = null
    ticket.value = (await call('POST /admin/sign-in', { body: { account: account.value.trim(), password: password.value } })).ticket
    password.value = ''
    code.value = ''
  })
  const second = useAction(async () => {
    problem.value = null
    const reply = await call('POST /admin/sign-in/totp', { body: { ticket: ticket.value!, code: code.value, as: 'cookie' } })
    useSession().enter(reply.me)
    onEntered()
  })

  async function sendPassword(): Promise<void> {
    await first.run()
    if (first.trouble.value) problem.value = say(first.trouble.value)
  }
  async function sendCode(): Promise<void> {
    if (code.value.length !== 6 || !ticket.value) return
    await second.run()
    const trouble = second.trouble.value
    if (!trouble) return
    code.value = ''
    problem.value = say(trouble)
    if (trouble instanceof Refused && trouble.code !== 'totp_wrong') {
      ticket.value = null
      if (trouble.code === 'sign_in_failed') problem.value = text('signIn.ticketOver')
    }
  }
  const restart = () => { ticket.value = null; code.value = ''; problem.value = null }
  return { account, password, code, ticket, problem, sendPassword, sendCode, restart, sendingPassword: first.busy, sendingCode: second.busy }
}
