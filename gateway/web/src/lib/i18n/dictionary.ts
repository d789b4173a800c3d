// The shape of a dictionary, from the English one: which keys there are, and which {slots} each text has.
import type { en } from './en'

export type Plural = { one: string; other: string }
export type Key = keyof typeof en
/** The same keys, in another language. */
export type DictionaryOf<Words> = Record<keyof Words, string | Plural>
export type Dictionary = DictionaryOf<typeof en>

type Text<K extends Key> = (typeof en)[K] extends string ? (typeof en)[K] : `{n}${((typeof en)[K] & Plural)['other']}`
type Slot<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Slot<Rest> : never
export type Args<K extends Key> = [Slot<Text<K>>] extends [never] ? [] : [Record<Slot<Text<K>>, string | number>]
