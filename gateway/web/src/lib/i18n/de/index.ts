// German, whole.
import type { Dictionary } from '../dictionary'
import { account } from './account'
import { accountTabs } from './account-tabs'
import { accounts } from './accounts'
import { auth } from './auth'
import { common } from './common'
import { criteria } from './criteria'
import { executive } from './executive'
import { load } from './import'
import { parts } from './parts'
import { setup } from './setup'
import { shell } from './shell'

export const de: Dictionary = { ...common, ...shell, ...auth, ...accounts, ...criteria, ...load, ...account, ...accountTabs, ...executive, ...setup, ...parts }
