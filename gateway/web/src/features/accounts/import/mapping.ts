// Which column of a file is which field of an account; the exports of HubSpot and Salesforce are known by their heads. Pure.
import type { FieldInfo } from '@/components/criteria-builder/field-types'

/** external_id, name, as_of, …; crm_attributes.<key>; or '' for a column that is left out. */
export type Target = string
export const OWN = ['external_id', 'name', 'parent_external_id', 'csm', 'status', 'current_stage', 'as_of'] as const
export const CRM = ['arr', 'contract_end_date', 'industry', 'seats'] as const
export const PREFIX = 'crm_attributes.'
export type Source = 'hubspot' | 'salesforce' | 'other'

const plain = (head: string) => head.trim().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()

const hubspot: Record<string, Target> = {
  'record id': 'external_id', 'company id': 'external_id', 'company name': 'name', 'parent company id': 'parent_external_id', 'associated parent company id': 'parent_external_id', 'company owner email': 'csm',
  'company domain name': `${PREFIX}domain`, 'website url': `${PREFIX}website`, industry: `${PREFIX}industry`, arr: `${PREFIX}arr`, 'annual recurring revenue': `${PREFIX}arr`, 'renewal date': `${PREFIX}contract_end_date`, 'contract end date': `${PREFIX}contract_end_date`,
}
const salesforce: Record<string, Target> = {
  'account id': 'external_id', id: 'external_id', 'account name': 'name', name: 'name', 'parent account id': 'parent_external_id', parentid: 'parent_external_id', 'parent id': 'parent_external_id', 'account owner email': 'csm', 'owner email': 'csm',
  industry: `${PREFIX}industry`, website: `${PREFIX}website`, 'arr c': `${PREFIX}arr`, arr: `${PREFIX}arr`, 'contract end date': `${PREFIX}contract_end_date`, 'contract end date c': `${PREFIX}contract_end_date`, 'renewal date c': `${PREFIX}contract_end_date`, 'seats c': `${PREFIX}seats`,
}
const other: Record<string, Target> = {
  'external id': 'external_id', id: 'external_id', key: 'external_id', 'account id': 'external_id', name: 'name', account: 'name', 'account name': 'name', company: 'name', customer: 'name', kunde: 'name', firma: 'name',
  'parent external id': 'parent_external_id', 'parent id': 'parent_external_id', parent: 'parent_external_id', csm: 'csm', owner: 'csm', 'csm email': 'csm', 'owner email': 'csm', status: 'status', stage: 'current_stage', 'current stage': 'current_stage', phase: 'current_stage', 'as of': 'as_of', stand: 'as_of',
  arr: `${PREFIX}arr`, revenue: `${PREFIX}arr`, 'contract end': `${PREFIX}contract_end_date`, 'contract end date': `${PREFIX}contract_end_date`, renewal: `${PREFIX}contract_end_date`, 'renewal date': `${PREFIX}contract_end_date`,
  industry: `${PREFIX}industry`, branche: `${PREFIX}industry`, seats: `${PREFIX}seats`,
}
const known: Record<Source, Record<string, Target>> = { hubspot, salesforce, other }

export function findSource(heads: string[]): Source {
  const names = heads.map(plain)
  const has = (...wanted: string[]) => wanted.every((one) => names.includes(one))
  if (has('record id', 'company name')) return 'hubspot'
  if (has('account id', 'account name') || has('id', 'name', 'parentid') || has('id', 'name', 'ownerid')) return 'salesforce'
  return 'other'
}

/** Fields that an import may set: the tenant's own ones, and what the CRM already knows. */
export const importable = (fields: FieldInfo[]) => fields.filter(({ field }) => field.startsWith(PREFIX) && !CRM.some((key) => field === PREFIX + key))

/** What each column is; a field is given once, and a column without one is left out. */
export function mapColumns(heads: string[], fields: FieldInfo[]): Target[] {
  const list = known[findSource(heads)]
  const own = new Map(importable(fields).flatMap((one) => [[plain(one.label), one.field], [plain(one.field.slice(PREFIX.length)), one.field]] as const))
  const taken = new Set<Target>()
  return heads.map((head) => {
    const target = own.get(plain(head)) ?? list[plain(head)] ?? other[plain(head)] ?? ''
    // what the tenant does not know yet is never made by guessing
    const isNew = target.startsWith(PREFIX) && !CRM.some((key) => target === PREFIX + key) && ![...own.values()].includes(target)
    if (target === '' || isNew || taken.has(target)) return ''
    taken.add(target)
    return target
  })
}

/** The key a new field gets from the head of its column. */
export const newKey = (head: string) => head.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '').slice(0, 60) || 'field'
