import { standing } from './standing'

const ada = { user_id: 'a', full_name: 'Ada', role: 'Tenant Admin', accounts: 2 }
const bob = { user_id: 'b', full_name: 'Bob', role: 'Viewer', accounts: 0 }
const amy = { user_id: 'c', full_name: 'Amy', role: 'Tenant Admin', accounts: 0 }

test('the last administrator stays, all others may go', () => {
  expect(standing([ada, bob], 'a').isLastAdmin).toBe(true)
  expect(standing([ada, bob, amy], 'a').isLastAdmin).toBe(false)
  expect(standing([ada, bob], 'b').isLastAdmin).toBe(false)
})

test('own accounts go to one of the others', () => {
  expect(standing([ada, bob], 'a')).toMatchObject({ accounts: 2, others: [bob] })
  expect(standing([], 'a')).toEqual({ accounts: 0, others: [], isLastAdmin: false })
})
