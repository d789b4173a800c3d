import type { AuditEntry } from './audit-api'
import { changesIn, csvRows, rowName } from './entries'

const entry: AuditEntry = { id: '1', at: '2026-11-30T10:00:00Z', actor_id: 'a', database_role: 'cs_web', action: 'update', table_name: 'journey_stages', row_key: { id: 's' }, before: { name: 'Old', wip_limit: null }, after: { name: 'New', wip_limit: 5 }, reason: 'Because' }
const words = { who: () => 'Alice', object: () => 'Stage', name: () => 'New', action: () => 'Changed' }

test('what changed, field by field', () => {
  expect(changesIn(entry)).toEqual([{ field: 'name', before: 'Old', after: 'New' }, { field: 'wip_limit', before: null, after: 5 }])
  expect(changesIn({ before: null, after: { id: 's', tenant_id: 't', name: 'New', wip_limit: null } })).toEqual([{ field: 'name', before: null, after: 'New' }])
})

test('a row is called what it is called now, else what the entry says', () => {
  expect(rowName(entry, new Map([['s', 'Newest']]))).toBe('Newest')
  expect(rowName(entry, undefined)).toBe('New')
  expect(rowName({ ...entry, row_key: { role_name: 'analyst' }, before: null, after: {} }, undefined)).toBe('analyst')
})

test('a file has a line per field', () => {
  expect(csvRows([entry], words)).toEqual([
    ['2026-11-30T10:00:00Z', 'Alice', 'Changed', 'Stage', 'New', 'name', 'Old', 'New', 'Because'],
    ['2026-11-30T10:00:00Z', 'Alice', 'Changed', 'Stage', 'New', 'wip_limit', '', '5', 'Because'],
  ])
})
