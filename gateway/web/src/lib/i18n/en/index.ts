// English, the complete dictionary: its keys and {slots} are the type of t().
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

export const en = { ...common, ...shell, ...auth, ...accounts, ...criteria, ...load, ...account, ...accountTabs, ...executive, ...setup, ...parts } as const
