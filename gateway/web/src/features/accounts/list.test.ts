import type { Account } from './api'
import { byLevel, filterLevel, filterText, sortAccounts, summarise } from './list'
import type { Sort } from './search'

const account = (part: Partial<Account>): Account => ({
  id: part.name ?? '', name: '', parent_id: null, parent_name: null, hierarchy_level: 0, current_stage: null, stage_color: null,
  days_in_stage: null, stage_state: null, status: 'Active', arr: null, contract_end_date: null, days_to_renewal: null, industry: null,
  csm_name: null, overall_score: null, score_change_30d: null, risk_level: null, confidence: null, usage_score: null,
  engagement_score: null, support_score: null, adoption_score: null, ...part,
})

const corp = account({ id: '1', name: 'GlobalTech Corporation', arr: 150000, overall_score: 85, risk_level: 'Healthy', csm_name: 'Alice Administrator', days_to_renewal: 220 })
const europe = account({ id: '2', name: 'GlobalTech Europe', parent_id: '1', parent_name: corp.name, hierarchy_level: 1, arr: 45000, overall_score: 72, risk_level: 'At Risk', days_to_renewal: 90 })
const start = account({ id: '3', name: 'TechStart Solutions', arr: 85000, overall_score: 35, risk_level: 'Critical', industry: 'Café', days_to_renewal: 0 })
const blank = account({ id: '4', name: 'Blank' })
const all = [corp, europe, start, blank]
const names = (sort?: Sort, of = all) => sortAccounts(of, sort).map((a) => a.name)

test('by name, a subsidiary follows its parent, wherever its own name would put it', () => {
  const aardvark = account({ id: '5', name: 'Aardvark', parent_id: '3', parent_name: start.name })
  expect(sortAccounts([aardvark, ...all], undefined).map((a) => `${a.depth} ${a.name}`)).toEqual([
    '0 Blank', '0 GlobalTech Corporation', '1 GlobalTech Europe', '0 TechStart Solutions', '1 Aardvark',
  ])
})

test('a subsidiary whose parent is filtered out stands on its own', () => {
  expect(sortAccounts([europe], undefined)[0]).toMatchObject({ depth: 0, parent_name: 'GlobalTech Corporation' })
})

test('nothing is lost in a deep tree', () => {
  const chain = Array.from({ length: 6 }, (_, i) => account({ id: `c${i}`, name: `c${i}`, parent_id: i ? `c${i - 1}` : null }))
  expect(sortAccounts(chain.toReversed(), undefined).map((a) => a.depth)).toEqual([0, 1, 2, 3, 4, 5])
})

test.each([
  ['arr', ['GlobalTech Europe', 'TechStart Solutions', 'GlobalTech Corporation', 'Blank']],
  ['-arr', ['GlobalTech Corporation', 'TechStart Solutions', 'GlobalTech Europe', 'Blank']],
  ['health', ['TechStart Solutions', 'GlobalTech Europe', 'GlobalTech Corporation', 'Blank']],
  ['-health', ['GlobalTech Corporation', 'GlobalTech Europe', 'TechStart Solutions', 'Blank']],
  ['-csm', ['GlobalTech Corporation', 'Blank', 'GlobalTech Europe', 'TechStart Solutions']],
] as const)('sort %s keeps empty values last and equal ones by name', (sort, expected) => {
  expect(names(sort)).toEqual(expected)
})

test('sorting leaves the given list as it was', () => {
  const given = [start, corp]
  sortAccounts(given, '-arr')
  expect(given).toEqual([start, corp])
})

test.each([
  ['global', 2], ['EUROPE', 1], ['alice', 1], ['cafe', 1], ['critical', 1], ['no data', 1], ['globaltech healthy', 1], ['zebra', 0], ['  ', 4], ['', 4],
])('text %j leaves %i', (q, n) => {
  expect(filterText(all, q)).toHaveLength(n)
})

test('level filter', () => {
  expect(filterLevel(all, 'none')).toEqual([blank])
  expect(filterLevel(all, 'At Risk')).toEqual([europe])
  expect(filterLevel(all, undefined)).toBe(all)
})

test('the figures are those of the rows', () => {
  expect(summarise(all)).toEqual({
    all: { count: 4, arr: 280000 },
    atRisk: { count: 2, arr: 130000 },
    renewal: { count: 2, arr: 130000 },
    renewalAtRisk: { count: 2, arr: 130000 },
    unscored: 1,
  })
  expect(byLevel(all).none).toEqual({ count: 1, arr: 0 })
})

test('a past, far or churned contract is not up for renewal', () => {
  const rows = [{ days_to_renewal: -1 }, { days_to_renewal: 91 }, { days_to_renewal: 5, status: 'Churned' as const }, {}].map(account)
  expect(summarise(rows).renewal.count).toBe(0)
})
