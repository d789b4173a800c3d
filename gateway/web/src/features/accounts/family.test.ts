import { account } from '../../../tests/fake-accounts'
import { withDepth } from './family'

const corp = account({ id: '1', name: 'GlobalTech Corporation' })
const europe = account({ id: '2', name: 'GlobalTech Europe', parent_id: '1', parent_name: corp.name })
const start = account({ id: '3', name: 'TechStart Solutions' })
const aardvark = account({ id: '5', name: 'Aardvark', parent_id: '3', parent_name: start.name })

test('a subsidiary is indented one step under its parent', () => {
  expect(withDepth([corp, europe, start, aardvark]).map((row) => `${row.depth} ${row.name}`)).toEqual([
    '0 GlobalTech Corporation', '1 GlobalTech Europe', '0 TechStart Solutions', '1 Aardvark',
  ])
})

test('a subsidiary whose parent is filtered out is not indented', () => {
  expect(withDepth([europe])[0]).toMatchObject({ depth: 0, parent_name: 'GlobalTech Corporation' })
})

test('nothing is lost in a deep tree', () => {
  const chain = Array.from({ length: 6 }, (_, i) => account({ id: `c${i}`, name: `c${i}`, parent_id: i ? `c${i - 1}` : null }))
  expect(withDepth(chain).map((row) => row.depth)).toEqual([0, 1, 2, 3, 4, 5])
})

test('the given list is left as it was', () => {
  const given = [corp, europe]
  withDepth(given)
  expect(given).toEqual([corp, europe])
})
