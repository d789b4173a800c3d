// What the journey board asks for and writes, for the test of the contract.
import { boardQuery, cardsQuery, readMovers, velocityQuery, type Column } from '@/features/journey/api'
import { expect } from './fixtures'

const active = { field: 'status', op: 'eq', value: 'Active' }

export async function onJourney(ask: <T>(options: object) => Promise<T>) {
  const columns = await ask<Column[]>(boardQuery(active, 'overdue', 1))
  expect(columns.length).toBeGreaterThan(2)
  const filled = columns.find(({ cards }) => cards.length > 0)!
  for (const sort of ['arr', 'score', 'renewal', 'name'] as const) expect(await ask(cardsQuery(filled.stage_id, active, sort, 2))).toMatchObject({ next: null })
  expect(await readMovers([filled.cards[0]!.history_id])).toHaveLength(1)
  for (const options of [velocityQuery(undefined, 'all'), velocityQuery(active, '12m'), velocityQuery(active, 'all')]) expect(await ask<unknown[]>(options)).toHaveLength(columns.length)
}
