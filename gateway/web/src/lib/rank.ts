// How well a text matches what was typed: the whole, its beginning, the beginning of a word, a part, letters in order. Pure.
const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase().trim()

/** 0: not at all. */
export function rank(query: string, text: string): number {
  const typed = plain(query)
  const full = plain(text)
  if (typed === '') return 1
  if (full === typed) return 5
  if (full.startsWith(typed)) return 4
  if (full.split(/[\s/,.-]+/).some((word) => word.startsWith(typed))) return 3
  if (full.includes(typed)) return 2
  return isWithin(typed, full) ? 1 : 0
}

function isWithin(typed: string, full: string) {
  let at = 0
  for (const letter of typed) {
    at = full.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return typed.length > 2
}
