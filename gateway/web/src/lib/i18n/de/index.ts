// German, what the first pages say.
import type { en } from '../en'
import type { DictionaryOf } from '../dictionary'
import { auth } from './auth'
import { common } from './common'
import { executive } from './executive'
import { peek } from './peek'
import { setup } from './setup'
import { shell } from './shell'

export const de: DictionaryOf<typeof en> = { ...common, ...shell, ...auth, ...peek, ...executive, ...setup }
