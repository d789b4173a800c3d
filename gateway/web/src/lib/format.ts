// Numbers, money and dates in the reader's language; formatters are cached, because making one is slow.
import { locale } from './i18n'

const cache = new Map<string, Intl.NumberFormat>()

function numbers(options: Intl.NumberFormatOptions) {
  const key = locale() + JSON.stringify(options)
  const formatter = cache.get(key) ?? new Intl.NumberFormat(locale(), options)
  cache.set(key, formatter)
  return formatter
}

export const count = (n: number) => numbers({}).format(n)
export const percent = (share: number) => numbers({ style: 'percent' }).format(share)

export const money = (n: number, currency: string) =>
  numbers({ style: 'currency', currency, maximumFractionDigits: Number.isInteger(n) ? 0 : 2 }).format(n)

export const moneyShort = (n: number, currency: string) =>
  numbers({ style: 'currency', currency, notation: 'compact', maximumSignificantDigits: 3 }).format(n)

/** A calendar date such as 2027-01-31, the same in every time zone. */
export const day = (date: string) =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${date.slice(0, 10)}T00:00:00Z`))

/** "in 40 days", "3 days ago", "tomorrow" */
export const inDays = (days: number) => new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(days, 'day')

export function ago(seconds: number) {
  const unit = seconds < 60 ? 'second' : seconds < 3600 ? 'minute' : 'hour'
  const size = { second: 1, minute: 60, hour: 3600 }[unit]
  return new Intl.RelativeTimeFormat(locale(), { style: 'narrow' }).format(-Math.floor(seconds / size), unit)
}

export function initials(name: string) {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  return ends.map((w) => [...w!][0]!.toLocaleUpperCase(locale())).join('')
}

/** "+5" or "−5", with the minus sign of text, not the hyphen. */
export const signed = (n: number, options: Intl.NumberFormatOptions = {}) => numbers({ signDisplay: 'exceptZero', ...options }).format(n).replace('-', '\u2212')

export const decimal = (n: number, digits = 1) => numbers({ maximumFractionDigits: digits }).format(n).replace('-', '\u2212')

/** With its tenth even where that is 0, beside numbers that have one. */
export const tenths = (n: number) => numbers({ minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(n)

export const percentExact = (share: number) => numbers({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(share)

/** "Nov 30" of a date or moment, in the tenant's time zone where one is given. */
export const dayShort = (at: string | number, timeZone = 'UTC') =>
  new Intl.DateTimeFormat(locale(), { month: 'short', day: 'numeric', timeZone }).format(new Date(at))

/** "November 30" of a date. */
export const dayLong = (date: string) => new Intl.DateTimeFormat(locale(), { month: 'long', day: 'numeric', timeZone: 'UTC' }).format(new Date(date))

export const timeOfDay = (at: string | number, timeZone?: string) =>
  new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(new Date(at))

export const moment = (at: string, timeZone?: string) =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(at))

/** "a, b and c" */
export const listed = (items: string[], type: 'conjunction' | 'disjunction' = 'conjunction') => new Intl.ListFormat(locale(), { type }).format(items)

/** "$", "€": what stands before an input of money. */
export const currencySign = (currency: string) => numbers({ style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(0).find((part) => part.type === 'currency')?.value ?? currency
