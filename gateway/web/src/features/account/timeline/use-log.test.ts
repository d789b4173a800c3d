import type { AccountEvent } from '../api'
import { missingFrom } from './use-log'

const event = (event_key: string, source_id: string | null) => ({ event_key, source_id }) as AccountEvent

test('what is on its way stands until the server has it, on its own account alone', () => {
  const going = { account: 'a', entry: event('new-1', null) }
  const arrived = { account: 'a', entry: event('new-2', 's-2') }
  const elsewhere = { account: 'b', entry: event('new-3', null) }
  const all = [going, arrived, elsewhere]
  expect(missingFrom([event('x', null)], all, 'a')).toEqual([going.entry, arrived.entry])
  expect(missingFrom([event('x', 's-2')], all, 'a')).toEqual([going.entry])
})
