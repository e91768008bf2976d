const atOnce = 5

/** Runs `work` over the rows, five at a time: one that waits for a vendor holds up none of the others. A throw of `work` ends it, so work catches its own. */
export async function fewAtOnce<R>(rows: readonly R[], work: (row: R) => Promise<void>): Promise<void> {
  const left = rows.values()
  const one = async () => { for (const row of left) await work(row) }
  await Promise.all(Array.from({ length: atOnce }, one))
}
