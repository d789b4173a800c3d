// A language for tests, en-XA: English between marks, a third longer and with accents, so that a text that bypasses the
// dictionary, or a control that is too narrow, shows at once. Pure.
import type { Dictionary, Language } from './dictionary'

const accents: Record<string, string> = { a: 'á', c: 'ç', e: 'é', i: 'î', n: 'ñ', o: 'ö', s: 'š', u: 'ü', A: 'Å', E: 'È', I: 'Ï', O: 'Ø', S: 'Š', U: 'Û' }

function mark(text: string) {
  const words = text.split(/(\{\w+\})/).map((piece, i) => (i % 2 === 1 ? piece : piece.replace(/[aceinosuAEIOSU]/g, (letter) => accents[letter]!)))
  return `\u27e6${words.join('')}${'~'.repeat(Math.ceil(text.replace(/\{\w+\}/g, '').length / 3))}\u27e7`
}

const markAll = (words: Dictionary) =>
  Object.fromEntries(Object.entries(words).map(([key, entry]) => [key, typeof entry === 'string' ? mark(entry) : { one: mark(entry.one), other: mark(entry.other) }])) as Dictionary

export function marked({ first, late }: Language): Language {
  const parts = Object.entries(late).map(([part, words]) => [part, () => words().then(markAll)])
  return { first: markAll(first), late: Object.fromEntries(parts) as Language['late'] }
}
