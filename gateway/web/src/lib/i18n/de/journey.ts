// The journey board.
import type { journey as words } from '../en/journey'
import type { DictionaryOf } from '../dictionary'

export const journey: DictionaryOf<typeof words> = {}
