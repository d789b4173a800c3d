import { findAlikes } from './look-alikes'
import { notable } from './notable'
import type { Result } from './run-import'

const part = [{ line: 3, row: { external_id: 'A-1', name: 'Halden' } }, { line: 0, row: { external_id: 'a-1', name: 'HALDEN Ltd' } }, { line: 5, row: { external_id: 'Orly', name: 'Orly' } }]

test('a row that looks like another is told with both values, and the line of the other where that is in the file', () => {
  expect(findAlikes(part, [{ index: 0, field: 'name', like: 'Hálden' }, { index: 1, field: 'external_id', like: 'A-1' }])).toEqual([
    { line: 3, field: 'name', own: 'Halden', like: 'Hálden' },
    { line: 0, field: 'external_id', own: 'a-1', like: 'A-1', row: 3 },
  ])
})

test('where the name is the key it is told once', () => {
  expect(findAlikes(part, [{ index: 2, field: 'external_id', like: 'ORLY' }, { index: 2, field: 'name', like: 'ORLY' }])).toHaveLength(1)
})

test('what is notable comes by row, and each kind by itself', () => {
  const result: Pick<Result, 'refused' | 'alikes'> = { refused: [{ line: 4, field: 'arr', reason: 'must be a number' }, { line: 1, field: 'csm', reason: 'is nobody' }], alikes: findAlikes(part, [{ index: 0, field: 'name', like: 'Hálden' }]) }
  expect(notable(result, 'all').map(({ line, kind }) => [line, kind])).toEqual([[1, 'refused'], [3, 'alike'], [4, 'refused']])
  expect(notable(result, 'refused')).toHaveLength(2)
  expect(notable(result, 'alike').map(({ line }) => line)).toEqual([3])
})
