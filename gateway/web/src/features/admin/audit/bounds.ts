// The moments between which a span of days lies, in a time zone. Pure.
const DAY_MS = 86_400_000

/** The moment a day begins there. */
export function startOf(day: string, timeZone: string) {
  const utc = Date.parse(`${day}T00:00:00Z`)
  // what clocks there show at that moment says how far they are ahead; once more, for a day on which they are changed
  const ahead = (at: number) => {
    const parts = Object.fromEntries(new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' }).formatToParts(at).map(({ type, value }) => [type, value]))
    return Date.parse(`${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:${parts.second}Z`) - at
  }
  return utc - ahead(utc - ahead(utc))
}

export function boundsOf(from: string | undefined, to: string | undefined, timeZone: string) {
  const iso = (at: number) => new Date(at).toISOString()
  const next = to && new Date(Date.parse(`${to}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)
  return { since: from && iso(startOf(from, timeZone)), before: next && iso(startOf(next, timeZone)) }
}
