// Labels along a line: moved apart so far that none covers another, and none leaves the line. Pure.

/** `places` ascend; so do the results, at least `gap` apart where there is room. */
export function spread(places: number[], gap: number, length: number) {
  const half = Math.min(gap / 2, length / 2)
  const up: number[] = []
  for (const place of places) up.push(Math.max(place, up.length > 0 ? up.at(-1)! + gap : half))
  const down: number[] = []
  for (const place of up.toReversed()) down.push(Math.min(place, down.length > 0 ? down.at(-1)! - gap : length - half))
  return down.toReversed()
}
