/** Seconds until the digits of an authenticator change (30 s steps of the clock). */
export const secondsLeft = (now: number): number => 30 - (Math.floor(now / 1000) % 30)

/** The digits of what was typed or pasted, at most six. */
export const digitsOf = (text: string): string => text.replace(/\D/g, '').slice(0, 6)
