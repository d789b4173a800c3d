// The shape of a dictionary, from the English one: which keys there are, and which {slots} each text has.
import type { en } from './en'
import type { late } from './en/late'

export type Plural = { one: string; other: string }
type Late = typeof late
/** A part that comes with the pages that need it. */
export type Part = keyof Late
type Words<P> = P extends Part ? Awaited<ReturnType<Late[P]>> : never
type All<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer Whole) => void ? Whole : never
type English = typeof en & All<Words<Part>>

export type Key = keyof English
/** The same keys, in another language. */
export type DictionaryOf<Named> = Record<keyof Named, string | Plural>
/** Not every key is there before its page is. */
export type Dictionary = Partial<DictionaryOf<English>>
/** A language: what the first pages say, and how to get the rest. */
export type Language = { first: Dictionary; late: Record<Part, () => Promise<Dictionary>> }

type Text<K extends Key> = English[K] extends string ? English[K] : `{n}${(English[K] & Plural)['other']}`
type Slot<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Slot<Rest> : never
export type Args<K extends Key> = [Slot<Text<K>>] extends [never] ? [] : [Record<Slot<Text<K>>, string | number>]
