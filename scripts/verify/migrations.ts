import type { Check } from './tree.ts'

const folder = 'schema/migrations/'

/** Migrations are named `0007-coupon-redemption.sql`, numbered without gaps, each number once. */
export const migrationNames: Check = {
  name: 'migrations are named and numbered',
  run: tree => tree.paths.filter(path => path.startsWith(folder) && path.endsWith('.sql')).sort().flatMap((path, index) => {
    const number = /^(\d{4})-[a-z0-9]+(-[a-z0-9]+)*\.sql$/.exec(path.slice(folder.length))?.[1]
    if (!number) return [`${path}: name it like 0007-coupon-redemption.sql`]
    return Number(number) === index + 1 ? [] : [`${path}: expected the number ${String(index + 1).padStart(4, '0')}`]
  })
}
