import { wordsOf } from './criteria-words'

const names = { stages: [{ id: 's1', name: 'Renewal' }], people: [{ id: 'p1', name: 'Bob' }] }
const status = (op: string, value: string) => ({ field: 'status', op, value })

test('each condition is a chip; ids become names, and what is said twice is said once', () => {
  const criteria = {
    all: [
      status('ne', 'Churned'),
      status('eq', 'Active'),
      { all: [status('eq', 'Active'), { field: 'risk_level', op: 'in', value: ['At Risk', 'Critical'] }] },
      { field: 'stage', op: 'eq', value: 's1' },
      { field: 'csm', op: 'ne', value: 'p2' },
      { field: 'days_to_renewal', op: 'between', value: [0, 90] },
      { field: 'arr', op: 'gte', value: 50000 },
      { field: 'plan', op: 'is_not_set' },
    ],
  }
  expect(wordsOf(criteria, names)).toEqual([
    { name: 'Status', value: 'Active' },
    { name: 'Level', value: 'At Risk or Critical' },
    { name: 'Stage', value: 'Renewal' },
    { name: 'CSM', value: 'not Unknown' },
    { name: 'Days to renewal', value: '0 to 90' },
    { name: 'ARR', value: '≥ 50,000' },
    { name: 'plan', value: 'not set' },
  ])
})

test('what is no plain list of conditions is named as a whole', () => {
  expect(wordsOf({ any: [status('eq', 'Active'), status('eq', 'Paused')] }, names)).toEqual([{ name: 'Own filter', value: 'several conditions' }])
})
