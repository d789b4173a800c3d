// Owns every text on screen: t('key', {slots}), typed from the English dictionary. Other languages load on demand, and so does
// what the later pages say.
import type { Args, Dictionary, Key, Language, Part } from './dictionary'
import { preferences } from '../preferences'
import { en } from './en'
import { late } from './en/late'

export type { Key, Part } from './dictionary'

const english: Language = { first: en, late }
const others: Record<string, () => Promise<Language>> = {
  de: async () => ({ first: (await import('./de')).de, late: (await import('./de/late')).late }),
  'en-xa': async () => (await import('./pseudo')).marked(english),
}

let language = english
let dictionary: Dictionary = en
let tag = 'en-US'
let plural = new Intl.PluralRules(tag)
const added = new Set<Part>()

/** The first language of the browser that has a dictionary; its region decides how numbers and dates look. */
export async function loadLanguage(wanted: readonly string[] = [chosen(), ...navigator.languages]) {
  const known = wanted.find((w) => /^en\b/i.test(w) || base(w) in others) ?? 'en-US'
  language = (await (others[known.toLowerCase()] ?? others[base(known)])?.()) ?? english
  dictionary = language.first
  tag = Intl.getCanonicalLocales(known === 'en' ? 'en-US' : known)[0] ?? 'en-US'
  plural = new Intl.PluralRules(tag)
  document.documentElement.lang = tag
  await addWords(...added)
}

/** Fetches what a later page says; its texts can be had from then on. */
export async function addWords(...parts: Part[]) {
  const words = await Promise.all(parts.map((part) => language.late[part]()))
  parts.forEach((part) => added.add(part))
  dictionary = Object.assign({}, dictionary, ...words) as Dictionary
}

/** Code, and the words that it says. */
export const withWords =
  <Module>(code: () => Promise<Module>, ...parts: Part[]) =>
  () =>
    Promise.all([code(), addWords(...parts)]).then(([module]) => module)

/** the language chosen in the preferences; '' leaves it to the browser */
function chosen() {
  const { language: own } = preferences.get()
  // the browser's own variant of it, for its numbers and dates
  return own === 'system' ? '' : (navigator.languages.find((one) => base(one) === own) ?? own)
}

const base = (of: string) => of.toLowerCase().split('-')[0] ?? ''

export const locale = () => tag

export function t<K extends Key>(key: K, ...args: Args<K>): string {
  const slots = (args[0] ?? {}) as Record<string, string | number>
  const entry = dictionary[key]
  // a test holds that each page has its words
  if (entry === undefined) return key
  const text = typeof entry === 'string' ? entry : entry[plural.select(Number(slots.n)) === 'one' ? 'one' : 'other']
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = slots[name] ?? ''
    return typeof value === 'number' ? value.toLocaleString(tag) : value
  })
}
