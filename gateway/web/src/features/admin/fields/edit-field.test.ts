import { changeOf, draftOfField, faultsOf, keyOf } from './edit-field'
import type { CustomField } from './fields-api'

const field: CustomField = { id: 'f', key: 'region', label: 'Region', type: 'choice', description: null, is_required: false, default_value: 'EMEA', options: ['EMEA', 'APAC'], in_lists: true, in_import: true, display_order: 3, is_active: true }

test('an unchanged field sends nothing but its id', () => expect(changeOf(field, draftOfField(field))).toEqual({ id: 'f' }))

test('only what differs is sent', () => {
  expect(changeOf(field, { ...draftOfField(field), label: ' Area ', options: 'EMEA\nAPAC\n\nAMER\nAMER' })).toEqual({ id: 'f', label: 'Area', options: ['EMEA', 'APAC', 'AMER'] })
  expect(changeOf(field, { ...draftOfField(field), type: 'text' })).toEqual({ id: 'f', type: 'text', options: null })
})

test('a new field has all it needs', () => {
  const fresh = { ...draftOfField(), label: 'Seats sold', key: keyOf('Seats sold'), type: 'number' as const, fallback: '5' }
  expect(faultsOf(fresh)).toEqual([])
  expect(changeOf(undefined, fresh)).toMatchObject({ key: 'seats_sold', type: 'number', default_value: 5, options: null })
})

test('what is wrong is named', () => {
  const draft = draftOfField(field)
  expect(faultsOf({ ...draft, label: ' ', key: '1a', options: '' })).toEqual(['label', 'key', 'options', 'fallback'])
  expect(faultsOf({ ...draft, fallback: 'LATAM' })).toEqual(['fallback'])
})

test('a key is made of a label', () => {
  expect(keyOf('Größe der Kunden (2026)')).toBe('gro_e_der_kunden_2026')
  expect(keyOf('2nd owner')).toBe('nd_owner')
})
