import { useAction } from '@/flow/useAction'
import { call } from '@/platform/request'
import { useHere } from '@kiosk/shell/useHere'
import { useScreen } from '@kiosk/shell/useScreen'
import { stay } from './stay'

/** Looks a car up by plate and opens its bill, unless the visitor went elsewhere meanwhile. */
export function useFindCar() {
  const { open } = useScreen()
  const here = useHere()
  const lookup = useAction((_key, plate: string) => call('POST /api/parking/lookup', { body: { plate } }), { quiet: true })

  async function find(plate: string): Promise<void> {
    const found = await lookup.run(plate)
    if (!found || !here()) return
    stay.value = found.item
    open('pay')
  }
  return { find, looking: lookup.running, problem: lookup.problem }
}
