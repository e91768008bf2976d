import { isPlate } from '@atrium/shared/plate.ts'
import type { Random } from '../random.ts'

const letters = [...'ABCDEFGHJKLMNPQRSTUVWXYZ']

/** Plates that look like those of a Xuzhou car park; no two are the same. */
export const plateMaker = (random: Random): (() => string) => {
  const taken = new Set<string>(['苏C8K6Q2'])
  const place = () => random.weighted([['苏C', 78], ['皖L', 6], ['鲁D', 5], ['苏N', 4], ['豫N', 3], ['苏A', 2], ['沪A', 1], ['浙A', 1]] as const)
  const newEnergy = () => `${random.pick(['D', 'F'])}${random.digits(5)}`
  const ordinary = () => {
    const five = [...random.digits(5)]
    for (let i = random.weighted([[1, 6], [2, 3], [0, 1]] as const); i > 0; i -= 1) five[random.int(0, 4)] = random.pick(letters)
    return five.join('')
  }
  return () => {
    for (;;) {
      const plate = place() + (random.chance(0.26) ? newEnergy() : ordinary())
      if (taken.has(plate) || !isPlate(plate)) continue
      taken.add(plate)
      return plate
    }
  }
}
