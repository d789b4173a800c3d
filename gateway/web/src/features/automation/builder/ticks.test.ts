import { cellOf, columnsOf, nearly } from './ticks'

const criteria = { all: [{ field: 'health_score', op: 'lt', value: 40 }, { all: [{ field: 'arr', op: 'gte', value: 5 }, { any: [{ field: 'days_to_renewal', op: 'lte', value: 120 }, { not: { field: 'stage', op: 'eq', value: 'x' } }] }] }] }
const said = [{ found: '36', holds: true }, { found: '9', holds: true }, { found: '200', holds: false }, { found: 'x', holds: true }]

test('a column per condition, groups taken together', () => {
  const columns = columnsOf(criteria)
  expect(columns.map((one) => one.from)).toEqual([0, 1, 2])
  expect(cellOf(columns[0]!, said)).toEqual({ holds: true, field: 'health_score', found: '36' })
  // neither the one nor the other
  expect(cellOf(columns[2]!, said)).toMatchObject({ holds: false, found: '200' })
})

test('nearly is all but one', () => {
  expect(nearly(columnsOf({ field: 'arr', op: 'gte', value: 5 }))).toBeUndefined()
  expect(nearly(columnsOf(criteria))).toMatchObject({ all: [{}, { any: [{}, {}, {}] }] })
})
