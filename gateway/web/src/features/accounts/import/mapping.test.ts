import { findSource, mapColumns, newKey } from './mapping'

const field = (name: string, label: string) => ({ field: `crm_attributes.${name}`, label, type: 'text', operators: [], choices: null, description: null, inLists: false })

test.each([
  ['hubspot', ['Record ID', 'Company name', 'Company owner', 'Industry', 'Create Date'], ['external_id', 'name', '', 'crm_attributes.industry', '']],
  ['salesforce', ['Account ID', 'Account Name', 'Parent Account ID', 'Account Owner', 'Industry'], ['external_id', 'name', 'parent_external_id', '', 'crm_attributes.industry']],
  ['salesforce', ['Id', 'Name', 'ParentId', 'ARR__c', 'Contract_End_Date__c'], ['external_id', 'name', 'parent_external_id', 'crm_attributes.arr', 'crm_attributes.contract_end_date']],
  ['other', ['id', 'Name', 'ID', 'Kunde', 'Renewal date', 'Support tier', 'Colour'], ['external_id', 'name', '', '', 'crm_attributes.contract_end_date', 'crm_attributes.tier', '']],
] as const)('the columns of %s', (source, heads, expected) => {
  expect(findSource([...heads])).toBe(source)
  expect(mapColumns([...heads], [field('tier', 'Support tier')])).toEqual(expected)
})

test('a website becomes a field only where the tenant has one', () => {
  const heads = ['Record ID', 'Company name', 'Website URL']
  expect(mapColumns(heads, [])[2]).toBe('')
  expect(mapColumns(heads, [field('website', 'website')])[2]).toBe('crm_attributes.website')
})

test('new keys are as the server wants them', () => {
  expect(['2nd owner', '%%', 'Support Tier'].map(newKey)).toEqual(['nd_owner', 'field', 'support_tier'])
  expect(newKey('Größe (m²)')).toMatch(/^[a-z][a-z0-9_]*$/)
})
