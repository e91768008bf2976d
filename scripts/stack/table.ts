import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DemoMemberShown } from '../demo/people-file.ts'
import { readJson } from '../kit/json-file.ts'
import { home } from '../kit/paths.ts'

interface DemoPeople {
  staff: { role: string; name: string; account: string; password: string; totpSecret: string }[]
  members: DemoMemberShown[]
}

/** Who one may be in the demo, or undefined before it was filled. */
export const readPeople = (): DemoPeople | undefined => {
  const file = join(home, 'demo-people.json')
  return existsSync(file) ? readJson<DemoPeople>(file, 'begin anew with npm start -- --reset.') : undefined
}

/** Chinese letters take two columns of a terminal. */
const widthOf = (text: string): number => [...text].reduce((width, letter) => width + (/[\u2e80-\uffef]/.test(letter) ? 2 : 1), 0)

/** Rows as aligned columns, indented. */
export const columns = (rows: string[][]): string[] => {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, index) => Math.max(most[index] ?? 0, widthOf(cell))), [])
  return rows.map(row => `  ${row.map((cell, index) => cell + ' '.repeat(widths[index]! - widthOf(cell))).join('  ')}`.trimEnd())
}

const peopleLines = (people: DemoPeople | undefined): string[] => {
  if (!people) return []
  // One of each role is enough to look around; the file has all of them.
  const staff = people.staff.filter((person, index, all) => all.findIndex(other => other.role === person.role) === index)
  const members = people.members.slice(0, 4)
  return [
    '', ...columns([['Console, staff', 'account', 'password', 'authenticator key'], ...staff.map(person => [person.role, person.account, person.password, person.totpSecret])]),
    '  A code without an authenticator: npm run code -- admin',
    ...(members.length === 0 ? [] : ['', ...columns([['Members, by SMS', 'phone', 'plate'], ...members.map(member => [`${member.nickname} (${member.tier})`, member.phone, member.plate])]), '  Their messages arrive on the phones of the simulator.'])
  ]
}

/** What a start ends with: address of each face, who to be, where the outside world is played. */
export const table = (addresses: { bff: string; simulator: string }, headline: string, people = readPeople()): string => [
  '', headline, '',
  ...columns([
    ['Front door', `${addresses.bff}/`], ['Member app', `${addresses.bff}/m/`], ['Kiosk', `${addresses.bff}/kiosk/`],
    ['Console', `${addresses.bff}/console/`], ['API', `${addresses.bff}/docs`], ['Simulator', `${addresses.simulator}/`]
  ]),
  ...peopleLines(people), '', 'Ctrl-C stops everything; data stay.', ''
].join('\n')
