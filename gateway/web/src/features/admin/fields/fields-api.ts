// The tenant's own fields of accounts: read, saved one by one, and what would not fit another type.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'
import { ADMIN } from '../api'

export const TYPES = ['text', 'number', 'currency', 'percent', 'date', 'boolean', 'choice', 'multi_choice', 'url', 'member'] as const
export type FieldType = (typeof TYPES)[number]

const field = z.object({
  id: z.string(),
  key: z.string(),
  label: z.string(),
  type: z.enum(TYPES),
  description: z.nullable(z.string()),
  is_required: z.boolean(),
  default_value: z.unknown(),
  options: z.nullable(z.array(z.string())),
  in_lists: z.boolean(),
  in_import: z.boolean(),
  display_order: z.number(),
  is_active: z.boolean(),
})
export type CustomField = z.infer<typeof field>

export const customFieldsQuery = queryOptions({
  queryKey: [...ADMIN, 'fields'],
  queryFn: ({ signal }) =>
    get('/rest/v1/custom_fields?select=id,key,label,type,description,is_required,default_value,options,in_lists,in_import,display_order,is_active&order=is_active.desc,display_order,label', z.array(field), signal),
})

export type FieldChange = Partial<Omit<CustomField, 'default_value'>> & { default_value?: unknown }
export const saveField = (change: FieldChange) => post('/rest/v1/rpc/save_custom_field', { field: change }, z.unknown())

const misfit = z.object({ account_id: z.string(), name: z.string(), value: z.unknown(), reason: z.string() })
export type Misfit = z.infer<typeof misfit>

/** The values that would not fit this type. */
export const misfitsQuery = (id: string, type: FieldType) =>
  queryOptions({
    queryKey: [...ADMIN, 'fields', 'misfits', id, type],
    queryFn: ({ signal }) => post('/rest/v1/rpc/check_custom_field', { id, type }, z.array(misfit), { signal }),
    staleTime: 0,
  })
