import { expect, test } from 'vitest'
import { greetingAt, hoursAt } from './greeting'

/** A clock time in the mall. */
const at = (time: string) => new Date(`2026-11-20T${time}:00+08:00`)

test.each([['04:59', 'evening'], ['05:00', 'morning'], ['09:00', 'forenoon'], ['12:00', 'noon'], ['14:00', 'afternoon'], ['18:00', 'evening']])('at %s it is %s', (time, greeting) => expect(greetingAt(at(time))).toBe(greeting))

test.each([['00:00', 'opens'], ['08:00', 'opens'], ['09:59', 'opens'], ['10:00', 'hours'], ['21:59', 'hours'], ['22:00', 'closed'], ['23:59', 'closed']])('a mall open from 10 to 22 says at %s: %s', (time, word) => expect(hoursAt('10:00', '22:00', at(time))).toBe(word))
