// Makes an account, once it is known that it would be a new one.
import * as z from 'zod/mini'
import { ApiError, post } from '@/lib/api'
import { t } from '@/lib/i18n'

const made = z.object({ id: z.string(), name: z.string() })
const tried = z.object({ inserted: z.number(), rejected: z.array(z.object({ field: z.nullable(z.string()), reason: z.string() })) })

export type NewAccount = { name: string; external_id: string; csm_id?: string; parent_id?: string; current_stage?: string; crm_attributes: Record<string, unknown> }

export async function createAccount({ external_id, ...patch }: NewAccount) {
  // an account with this id would be changed, not made
  const { inserted, rejected } = await post('/rest/v1/rpc/import_accounts', { rows: [{ external_id, name: patch.name, crm_attributes: patch.crm_attributes, current_stage: patch.current_stage }], dry_run: true, new_fields: false, keep_good: false }, tried)
  const [fault] = rejected
  if (fault) throw new ApiError(`${fault.field ?? ''} ${fault.reason}`, { status: 400, code: '22023', details: { field: fault.field } })
  if (inserted === 0) throw new ApiError(t('new.taken', { id: external_id }), { status: 409, code: '23505', details: { field: 'external_id' } })
  return post('/rest/v1/rpc/upsert_account', { external_id, patch }, made)
}

/** For an account that no other system knows. */
export const ownId = () => `cs-${[...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
