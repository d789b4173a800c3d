import { account, meets } from '../../tests/fake-accounts'
import { criteriaOf } from './account-filter'

const corp = account({ name: 'GlobalTech Corporation', risk_level: 'Healthy', csm_name: 'Zoë Administrator', current_stage: 'Expansion' })
const europe = account({ name: 'GlobalTech Europe', risk_level: 'At Risk' })
const start = account({ name: 'TechStart Solutions', risk_level: 'Critical', industry: 'Café', status: 'Paused' })
const blank = account({ name: 'Blank' })
const all = [corp, europe, start, blank]

const names = { stages: [{ id: 'Expansion', name: 'Expansion' }], people: [{ id: 'Zoë Administrator', name: 'Zoë Administrator' }] }
const found = (filter: Parameters<typeof criteriaOf>[0]) => all.filter((row) => meets(row, criteriaOf(filter, names)))

test.each([
  ['global', 2], ['EUROPE', 1], ['zoe', 1], ['expans', 1], ['CAFÉ', 1], ['critical', 1], ['paused', 1], ['no data', 1], ['globaltech healthy', 1],
  ['zebra', 0], ['  ', 4], ['', 4],
])('text %j leaves %i', (q, n) => {
  expect(found({ q })).toHaveLength(n)
})

test('level filter', () => {
  expect(found({ level: 'none' })).toEqual([blank])
  expect(found({ level: 'At Risk' })).toEqual([europe])
  expect(found({ level: 'Critical' })).toEqual([])
  expect(found({ q: 'tech', level: 'paused' })).toEqual([start])
  expect(all.map((row) => ({ ...row, confidence: 'low' as const })).filter((row) => meets(row, criteriaOf({ level: 'uncertain' }, names))).map(({ name }) => name)).toEqual([
    corp.name, europe.name,
  ])
  expect(criteriaOf({}, names)).toBeUndefined()
})

test('criteria name fields and operators as the server knows them', () => {
  expect(criteriaOf({ q: 'zoe', level: 'none' }, names)).toEqual({
    all: [
      {
        any: [
          { field: 'name', op: 'contains', value: 'zoe' },
          { field: 'industry', op: 'contains', value: 'zoe' },
          { field: 'external_id', op: 'contains', value: 'zoe' },
          { field: 'crm_attributes.domain', op: 'contains', value: 'zoe' },
          { field: 'crm_attributes.website', op: 'contains', value: 'zoe' },
          { field: 'csm', op: 'in', value: ['Zoë Administrator'] },
        ],
      },
      { field: 'health_band', op: 'eq', value: 'No data' },
    ],
  })
})
