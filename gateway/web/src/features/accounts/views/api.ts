// Keeps and deletes views of the list.
import * as z from 'zod/mini'
import { post } from '@/lib/api'
import type { Criteria } from '@/lib/criteria'
import { savedView } from '@/lib/views'

export type NewView = { id?: string; name?: string; criteria?: Criteria | null; settings?: Record<string, unknown>; is_shared?: boolean }

/** Without an id a new one. */
export const saveView = (change: NewView, expected_version?: number) =>
  post('/rest/v1/rpc/save_view', { view: change.id ? change : { page: 'accounts', ...change }, ...(expected_version === undefined ? {} : { expected_version }) }, savedView)

export const deleteView = (view_id: string) => post('/rest/v1/rpc/delete_view', { view_id }, z.unknown())
