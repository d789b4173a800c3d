// An entry of the record in the reader's words.
import { t, type Key } from '@/lib/i18n'
import type { AuditEntry } from './audit-api'
import { rowName } from './entries'

export const OBJECTS = ['accounts', 'account_members', 'contacts', 'activities', 'journey_stages', 'stage_milestones', 'custom_fields', 'playbooks', 'feed_silences', 'profiles', 'users', 'password_resets', 'invitations', 'api_tokens', 'database_logins', 'offered_roles', 'tenants'] as const

export const objectName = (table: string) => (OBJECTS.includes(table as (typeof OBJECTS)[number]) ? t(`au.object.${table}` as Key & 'au.object.accounts') : table)

export type Names = { people: Map<string, string> | undefined; rows: Map<string, string> | undefined }

export const actorName = ({ actor_id, database_role }: AuditEntry, { people }: Names) => (actor_id ? (people?.get(actor_id) ?? t('unknown')) : t('au.database', { role: database_role }))
export const entryName = (one: AuditEntry, { rows, people }: Names) => rowName(one, rows) ?? people?.get(String(one.row_key.user_id)) ?? ''
