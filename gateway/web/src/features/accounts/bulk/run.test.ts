import { reasons, wayBack } from './run'

const row = (id: string, csm_id: string | null, status: 'Active' | 'Paused', current_stage: string) => ({ id, csm_id, status, current_stage })
const before = [row('1', 'a', 'Active', 'Adoption'), row('2', null, 'Paused', 'Renewal'), row('3', 'a', 'Active', 'Renewal')]

test('the way back groups accounts by what they were', () => {
  expect(wayBack(before, 'csm')).toEqual([{ ids: ['1', '3'], patch: { csm_id: 'a' } }, { ids: ['2'], patch: { csm_id: null } }])
  expect(wayBack(before, 'stage').map(({ patch }) => patch)).toEqual([{ current_stage: 'Adoption' }, { status: 'Paused', current_stage: 'Renewal' }, { current_stage: 'Renewal' }])
  expect(wayBack(before, 'status')[1]).toEqual({ ids: ['2'], patch: { status: 'Paused', current_stage: 'Renewal' } })
  expect(wayBack(before, 'field')).toEqual([])
})

test('reasons are counted, the most frequent first', () => {
  const refused = ['b', 'a', 'b'].map((reason, i) => ({ account_id: String(i), name: null, reason }))
  expect(reasons(refused)).toEqual([{ reason: 'b', n: 2 }, { reason: 'a', n: 1 }])
})
