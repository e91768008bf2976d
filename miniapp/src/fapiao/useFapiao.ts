import { computed, onUnmounted, ref, shallowRef } from 'vue'
import type { Reply } from '@atrium/shared/contracts.ts'
import { problemOf, type Problem } from '@/flow/problem'
import { useAction } from '@/flow/useAction'
import { useList } from '@/flow/useList'
import { useLoad } from '@/flow/useLoad'
import { openPdf } from '@/platform/document'
import { listen } from '@/platform/live'
import { go } from '@/platform/navigate'
import { call } from '@/platform/request'
import './messages'

export type Title = Reply<'GET /api/fapiao/titles'>['items'][number]
export type Fapiao = Reply<'GET /api/fapiao/{fapiaoId}'>
/** A fapiao on its way; the page looks again. */
export const underWay = (state: Fapiao['state']): boolean => state === 'requested' || state === 'issuing' || state === 'asking'

/** What may be invoiced, the titles, and asking for one fapiao over what is chosen. */
export function useApply(preselected: string | undefined) {
  const chosen = ref<string[]>(preselected ? [preselected] : [])
  const kind = ref<Title['kind']>('company')
  const titleId = ref<string | null>(null)
  const eligible = useLoad(async () => (await call('GET /api/fapiao/eligible')).items)
  const titles = useLoad(async () => (await call('GET /api/fapiao/titles')).items)
  const mine = useList((cursor) => call('GET /api/fapiao', { query: { cursor, limit: 20, sort: '-requestedAt' } }))
  const action = useAction((key, title: string, paymentIds: string[]) => call('POST /api/fapiao', { body: { titleId: title, paymentIds }, key }))

  const rows = computed(() => eligible.data.value ?? [])
  const picked = computed(() => rows.value.filter((row) => chosen.value.includes(row.paymentId)))
  const totalFen = computed(() => picked.value.reduce((sum, row) => sum + row.invoiceableFen, 0))
  const ofKind = computed(() => (titles.data.value ?? []).filter((title) => title.kind === kind.value))
  const title = computed(() => ofKind.value.find((one) => one.titleId === titleId.value) ?? ofKind.value.find((one) => one.isDefault) ?? ofKind.value[0] ?? null)
  const allChosen = computed(() => rows.value.length > 0 && picked.value.length === rows.value.length)

  const toggle = (paymentId: string) => { chosen.value = chosen.value.includes(paymentId) ? chosen.value.filter((id) => id !== paymentId) : [...chosen.value, paymentId] }
  const toggleAll = () => { chosen.value = allChosen.value ? [] : rows.value.map((row) => row.paymentId) }

  async function load(): Promise<void> {
    await Promise.all([eligible.load(), titles.load(), mine.load()])
    if (!ofKind.value.length && titles.data.value?.length) kind.value = titles.data.value[0]?.kind ?? 'company'
  }

  async function apply(): Promise<void> {
    if (!title.value || !picked.value.length) return
    const fapiao = await action.run(title.value.titleId, picked.value.map((row) => row.paymentId))
    if (!fapiao) return void eligible.load()
    chosen.value = []
    go('/fapiao/detail', { id: fapiao.fapiaoId })
  }
  return { eligible, titles, mine, rows, chosen, picked, totalFen, kind, ofKind, title, titleId, allChosen, toggle, toggleAll, load, apply, applying: action.running }
}

/** One fapiao and how it stands; looks again while it is on its way. */
export function useFapiao(fapiaoId: string) {
  const fapiao = shallowRef<Fapiao | null>(null)
  const problem = ref<Problem | null>(null)
  let stop = (): void => undefined

  async function load(): Promise<void> {
    try {
      fapiao.value = await call('GET /api/fapiao/{fapiaoId}', { params: { fapiaoId } })
      problem.value = null
    } catch (thrown) {
      problem.value = problemOf(thrown)
    }
  }
  const retryAction = useAction((key) => call('POST /api/fapiao/{fapiaoId}/retry', { params: { fapiaoId }, key }))
  async function retry(): Promise<void> {
    const fresh = await retryAction.run()
    if (fresh) fapiao.value = fresh
    else await load()
  }
  const viewAction = useAction(async () => {
    const fresh = await call('GET /api/fapiao/{fapiaoId}', { params: { fapiaoId } })
    fapiao.value = fresh
    await openPdf(`/api/fapiao/${fapiaoId}/pdf`, `${fresh.number ?? 'fapiao'}.pdf`)
  })
  function watchProgress(): void {
    stop()
    stop = listen(['fapiao.'], () => { if (!fapiao.value || underWay(fapiao.value.state)) void load() }, 3000)
  }
  onUnmounted(() => stop())
  return { fapiao, problem, load, retry, retrying: retryAction.running, view: () => viewAction.run(), opening: viewAction.running, watchProgress, stopWatching: () => stop() }
}
