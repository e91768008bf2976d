import { generateSync } from 'otplib'
import { command, PlainError, say } from './kit/say.ts'
import { readPeople } from './stack/table.ts'

const stepSeconds = 30

// npm run code -- admin: the authenticator code of a demo account now, for those without an authenticator at hand.
await command(async () => {
  const people = readPeople()
  if (!people) throw new PlainError('There is no demo mall yet: run npm start first.')
  const wanted = process.argv[2] ?? 'admin'
  const person = people.staff.find(({ account }) => account === wanted)
  if (!person) throw new PlainError(`The demo has no account "${wanted}"; it has ${people.staff.map(({ account }) => account).join(', ')}.`)
  const seconds = stepSeconds - Math.floor(Date.now() / 1000) % stepSeconds
  say(`${generateSync({ secret: person.totpSecret })}  (${person.account}, for ${seconds} more seconds)`)
})
