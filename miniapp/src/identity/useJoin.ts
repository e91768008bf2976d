import { computed, onUnmounted, ref } from 'vue'
import type { Reply } from '@atrium/shared/contracts.ts'
import { text } from '@/i18n'
import { useAction } from '@/flow/useAction'
import { useMember } from '@/member/useMember'
import { channel } from '@/platform/channel'
import { deviceName } from '@/platform/device'
import { alipayPhone, channelCode } from '@/platform/login'
import { back } from '@/platform/navigate'
import { call } from '@/platform/request'
import { fromReply, keepSession } from '@/platform/session'
import { recall, remember } from '@/platform/storage'
import { toast } from '@/ui/toast'
import './messages'

type Session = Reply<'POST /api/identity/sms/sign-in'>
type SignIn = Reply<'POST /api/identity/wechat/sign-in'>

/** The notice that was agreed to on this device, by version; agreeing is asked before the first personal datum. */
export function useAgreement() {
  const version = ref<string | null>(null)
  const agreed = ref(false)
  async function load(): Promise<void> {
    const notice = await call('GET /api/privacy/notice').catch(() => null)
    version.value = notice?.version ?? null
    // Whoever was quicker than the network with the tick has ticked.
    if (agreed.value) remember('agreed', version.value)
    agreed.value = version.value !== null && recall('agreed', '') === version.value
  }
  function agree(on: boolean): void {
    agreed.value = on
    remember('agreed', on ? version.value : null)
  }
  return { version, agreed, load, agree }
}

/** Joining and signing in, each channel its own way: WeChat and Alipay with their phone button, H5 with an SMS code. */
export function useJoin() {
  const member = useMember()
  const agreement = useAgreement()
  const [phone, code] = [ref(''), ref('')]
  const waitSeconds = ref(0)
  const everSent = ref(false)
  const phoneRight = computed(() => /^1[3-9]\d{9}$/.test(phone.value))
  const about = () => ({ noticeVersion: agreement.version.value ?? undefined, device: deviceName() })
  let timer: ReturnType<typeof setInterval> | undefined
  onUnmounted(() => clearInterval(timer))

  async function welcome(session: Session): Promise<void> {
    keepSession('member', fromReply(session))
    await member.arrive(session.joined)
    toast({ tone: 'good', text: text('identity.welcome') })
    back('/shell/home')
  }

  /** True when the privacy notice is agreed to; otherwise says so. */
  function ready(): boolean {
    if (agreement.agreed.value) return true
    toast({ tone: 'warn', text: text('identity.needAgree') })
    return false
  }

  const sendAction = useAction((key) => call('POST /api/identity/sms/send', { body: { phone: phone.value }, key }))
  async function sendCode(): Promise<void> {
    if (!ready() || waitSeconds.value > 0) return
    const sent = await sendAction.run()
    const refusal = sendAction.problem.value
    if (sent) toast({ tone: 'good', text: text('identity.sent', { n: Math.round(sent.expiresAfterMs / 60_000) }) })
    const waitMs = sent?.resendAfterMs ?? (refusal?.kind === 'refused' && refusal.code === 'sms_resend_too_soon' ? Number(refusal.facts.retryAfterMs ?? 30_000) : 0)
    if (waitMs > 0) { everSent.value = true; countDown(Math.ceil(waitMs / 1000)) }
  }
  function countDown(seconds: number): void {
    waitSeconds.value = seconds
    clearInterval(timer)
    timer = setInterval(() => { waitSeconds.value -= 1; if (waitSeconds.value <= 0) clearInterval(timer) }, 1000)
  }

  const smsAction = useAction((key) => call('POST /api/identity/sms/sign-in', { body: { phone: phone.value, code: code.value, ...about() }, key }))
  async function signInBySms(): Promise<void> {
    if (!ready()) return
    const session = await smsAction.run()
    if (session) await welcome(session)
    else code.value = ''
  }

  /** How often a wrong code may still be tried, once one was wrong. */
  const triesLeft = computed(() => {
    const problem = smsAction.problem.value
    return problem?.kind === 'refused' && problem.code === 'sms_code_wrong' ? Number(problem.facts.triesLeft) : null
  })

  const wechatAction = useAction((key, login: string, phoneCode: string | undefined) => call('POST /api/identity/wechat/sign-in', { body: { code: login, phoneCode, ...about() }, key }))
  const alipayAction = useAction((key, authCode: string, phoneResponse: string | undefined) => call('POST /api/identity/alipay/sign-in', { body: { authCode, phoneResponse, ...about() }, key }))

  async function byChannel(phoneProof: string | undefined): Promise<SignIn | null> {
    const login = await channelCode()
    if (login) return channel === 'weapp' ? wechatAction.run(login, phoneProof) : alipayAction.run(login, phoneProof)
    toast({ tone: 'bad', text: text('identity.noCode', { app: text(channel === 'weapp' ? 'identity.wechatName' : 'identity.alipayName') }) })
    return null
  }

  /** Whoever the channel knows already is in without another press. */
  async function trySilently(): Promise<void> {
    if (channel === 'h5' || member.signedIn || !agreement.agreed.value) return
    const answer = await byChannel(undefined)
    if (answer?.outcome === 'signed_in') await welcome(answer.session)
  }

  /** After the phone button: `proof` is WeChat's phone code; Alipay's is fetched here. Declining leaves the rest of the app open. */
  async function withPhone(proof: string | null): Promise<void> {
    if (!ready()) return
    const phoneProof = channel === 'alipay' ? await alipayPhone() : proof
    if (!phoneProof) return toast({ tone: 'warn', text: text('identity.declined') })
    const answer = await byChannel(phoneProof)
    if (answer?.outcome === 'signed_in') await welcome(answer.session)
  }

  const busy = computed(() => smsAction.running.value || wechatAction.running.value || alipayAction.running.value)
  return { ...agreement, phone, code, phoneRight, waitSeconds, everSent, sendCode, sending: sendAction.running, signInBySms, triesLeft, trySilently, withPhone, busy, ready }
}
