// English, what the first pages say.
import { auth } from './auth'
import { common } from './common'
import { executive } from './executive'
import { peek } from './peek'
import { setup } from './setup'
import { shell } from './shell'

export const en = { ...common, ...shell, ...auth, ...peek, ...executive, ...setup } as const
