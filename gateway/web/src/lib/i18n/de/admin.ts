// The pages of administration.
import type { admin as words } from '../en/admin'
import type { DictionaryOf } from '../dictionary'

export const admin: DictionaryOf<typeof words> = {}
