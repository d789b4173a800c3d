// Playbooks, their runs and deliveries.
import type { automation as words } from '../en/automation'
import type { DictionaryOf } from '../dictionary'

export const automation: DictionaryOf<typeof words> = {}
