// Where in the form a fault is shown. Pure.
const PLACES = ['name', 'description', 'event', 'when', 'actions', 'cooldown_minutes', 'max_executions_per_day', 'max_attempts', 'is_ordered', 'webhook_secret']

export const hasPlace = (place: string) => PLACES.some((one) => place === one || place.startsWith(`${one}.`) || place.startsWith(`${one}[`))

/** The fault of this place, where it is its, and that of what lies within with `deep`. */
export function faultAt(fault: { place: string; text: string } | undefined, place: string, deep = false) {
  if (!fault) return undefined
  const isWithin = deep && (fault.place.startsWith(`${place}.`) || fault.place.startsWith(`${place}[`))
  return fault.place === place || isWithin ? fault.text : undefined
}
