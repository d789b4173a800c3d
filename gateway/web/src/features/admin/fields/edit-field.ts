// A custom field as it is edited in text, and back. Pure.
import { draftOf, valueOf, type Draft } from '@/components/edit/draft'
import { isSame } from '@/components/draft/merge'
import type { CustomField, FieldChange, FieldType } from './fields-api'

export type FieldDraft = Omit<CustomField, 'options' | 'default_value' | 'id' | 'display_order' | 'description'> & { options: string; fallback: Draft; description: string }

export const hasOptions = (type: FieldType) => type === 'choice' || type === 'multi_choice'
export const optionsOf = (text: string) => [...new Set(text.split('\n').map((one) => one.trim()).filter(Boolean))]

/** A key from a label, as far as one can be made. */
export const keyOf = (label: string) =>
  label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 63)

export function draftOfField(field?: CustomField): FieldDraft {
  if (!field) return { key: '', label: '', type: 'text', description: '', is_required: false, fallback: '', options: '', in_lists: true, in_import: true, is_active: true }
  const { options, default_value, description, id: _, display_order: __, ...rest } = field
  return { ...rest, description: description ?? '', options: (options ?? []).join('\n'), fallback: draftOf(field.type, default_value) }
}

export type Fault = 'label' | 'key' | 'options' | 'fallback'

export function faultsOf({ label, key, type, options, fallback }: FieldDraft): Fault[] {
  const choices = optionsOf(options)
  const value = valueOf(type, fallback)
  const isChoice = (one: unknown) => choices.includes(String(one))
  const given = 'value' in value ? value.value : null
  const fits = !hasOptions(type) || given === null || (Array.isArray(given) ? given.every(isChoice) : isChoice(given))
  const checks: [Fault, boolean][] = [
    ['label', label.trim() === ''],
    ['key', !/^[a-z][a-z0-9_]{0,62}$/.test(key)],
    ['options', hasOptions(type) && choices.length === 0],
    ['fallback', 'fault' in value || !fits],
  ]
  return checks.flatMap(([fault, holds]) => (holds ? [fault] : []))
}

/** What has to be sent: of a known field only what differs. */
export function changeOf(field: CustomField | undefined, draft: FieldDraft): FieldChange {
  const { options, fallback, description, ...rest } = draft
  const value = valueOf(draft.type, fallback)
  const next = { ...rest, label: draft.label.trim(), description: description.trim() || null, options: hasOptions(draft.type) ? optionsOf(options) : null, default_value: 'value' in value ? value.value : null }
  if (!field) return next
  const changed = Object.entries(next).filter(([key, one]) => !isSame(field[key as keyof CustomField], one))
  return { id: field.id, ...Object.fromEntries(changed) }
}
