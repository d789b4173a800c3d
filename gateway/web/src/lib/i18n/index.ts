// Owns every text on screen: t('key', {slots}), typed from the English dictionary; other languages load on demand.
import type { Args, Dictionary, Key } from './dictionary'
import { preferences } from '../preferences'
import { en } from './en'

export type { Key } from './dictionary'

const others: Record<string, () => Promise<Dictionary>> = {
  de: () => import('./de').then((m) => m.de),
  'en-xa': () => import('./pseudo').then((m) => m.pseudo),
}

let dictionary: Dictionary = en
let tag = 'en-US'
let plural = new Intl.PluralRules(tag)

/** The first language of the browser that has a dictionary; its region decides how numbers and dates look. */
export async function loadLanguage(wanted: readonly string[] = [chosen(), ...navigator.languages]) {
  const known = wanted.find((w) => /^en\b/i.test(w) || base(w) in others) ?? 'en-US'
  dictionary = (await (others[known.toLowerCase()] ?? others[base(known)])?.()) ?? en
  tag = Intl.getCanonicalLocales(known === 'en' ? 'en-US' : known)[0] ?? 'en-US'
  plural = new Intl.PluralRules(tag)
  document.documentElement.lang = tag
}

/** the language chosen in the preferences; '' leaves it to the browser */
function chosen() {
  const { language } = preferences.get()
  // the browser's own variant of it, for its numbers and dates
  return language === 'system' ? '' : (navigator.languages.find((one) => base(one) === language) ?? language)
}

const base = (language: string) => language.toLowerCase().split('-')[0] ?? ''

export const locale = () => tag

export function t<K extends Key>(key: K, ...args: Args<K>): string {
  const slots = (args[0] ?? {}) as Record<string, string | number>
  const entry = dictionary[key]
  const text = typeof entry === 'string' ? entry : entry[plural.select(Number(slots.n)) === 'one' ? 'one' : 'other']
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = slots[name] ?? ''
    return typeof value === 'number' ? value.toLocaleString(tag) : value
  })
}
