// Changes an account, unless it is another version by now.
import * as z from 'zod/mini'
import { post } from './api'

export type Patch = { name?: string; external_id?: string | null; parent_id?: string | null; csm_id?: string | null; status?: string; crm_attributes?: Record<string, unknown> }

export const updateAccount = (id: string, patch: Patch, version: number) =>
  post('/rest/v1/rpc/update_account', { account_id: id, patch, expected_version: version }, z.object({ version: z.number() }))
