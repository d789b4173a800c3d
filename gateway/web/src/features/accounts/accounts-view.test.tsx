import { useState } from 'react'
import { QueryClientProvider } from '@tanstack/react-query'
import { act, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createQueryClient } from '@/lib/query'
import { account, serve } from '../../../tests/fake-accounts'
import { FakeEventSource } from '../../../tests/fake-events'
import { AccountsView } from './accounts-view'
import type { Account } from './api'
import type { AccountSearch } from './search'

const corp = account({ id: '1', name: 'GlobalTech Corporation', arr: 150000, overall_score: 85, risk_level: 'Healthy', csm_name: 'Alice Administrator', days_to_renewal: 220 })
const europe = account({ id: '2', name: 'GlobalTech Europe', parent_id: '1', parent_name: corp.name, arr: 45000, overall_score: 72, risk_level: 'At Risk', days_to_renewal: 90 })
const start = account({ id: '3', name: 'TechStart Solutions', arr: 85000, overall_score: 35, risk_level: 'Critical', days_to_renewal: 0 })
const blank = account({ id: '4', name: 'Blank' })
const many = Array.from({ length: 230 }, (_, i) => account({ id: `m${i}`, name: `Account ${i}` }))

beforeEach(() => {
  FakeEventSource.opened = []
  vi.stubGlobal('EventSource', FakeEventSource)
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }))
})
afterEach(() => vi.unstubAllGlobals())

function Page({ first }: { first: AccountSearch }) {
  const [search, setSearch] = useState(first)
  return <AccountsView search={search} onChange={(part) => setSearch({ ...search, ...part })} tenant="Acme" currency="USD" />
}

async function open(accounts: Account[], first: AccountSearch = {}) {
  const server = serve(accounts)
  render(
    <QueryClientProvider client={createQueryClient(() => {})}>
      <Page first={first} />
    </QueryClientProvider>,
  )
  await screen.findByText(/^Updated/)
  return { user: userEvent.setup(), ...server }
}

const list = () => within(screen.getByRole('table', { name: 'Accounts' }))
// by selector, because looking up roles in hundreds of rows takes seconds
const rowNames = () => [...document.querySelectorAll('table[aria-rowcount] th[scope=row]')].map((cell) => cell.textContent)
const tile = (label: string) => within(screen.getByLabelText('Summary')).getAllByText(label)[0]!.parentElement!.textContent
const ring = () => screen.getByRole('img', { name: /^Health of/ }).getAttribute('aria-label')

test('rows and figures are those of the server', async () => {
  const { requests, asked } = await open([corp, europe, start, blank])
  expect(rowNames()).toEqual(['GlobalTech Corporation', 'GlobalTech Europe, Subsidiary of GlobalTech Corporation', 'TechStart Solutions', 'Blank'])
  expect(asked('search_accounts')).toMatchObject([{ sort: 'tree', page_size: 100, with_total: true }])
  expect(requests.map(({ criteria }) => criteria ?? { all: [] })).toEqual(requests.map(() => ({ all: [] })))
  expect(tile('Accounts')).toBe('Accounts41 without data')
  expect(tile('Total ARR')).toContain('$280,000')
  expect(tile('At risk')).toBe('At risk2$130K · 46% of ARR')
  expect(tile('Renewing in 90 days')).toBe('Renewing in 90 days2$130K · $130K at risk')
  expect(ring()).toBe('Health of 4 accounts: Healthy 1, At Risk 1, Critical 1, No data 1')
})

test('paused and churned accounts are listed, but neither at risk nor renewing', async () => {
  const lost = account({ id: '5', name: 'Lost', status: 'Churned', overall_score: 10, risk_level: 'Critical', days_to_renewal: 5 })
  const paused = account({ id: '6', name: 'Waiting', status: 'Paused', overall_score: 50, risk_level: 'At Risk', days_to_renewal: 5 })
  await open([lost, paused])
  expect(rowNames()).toEqual(['Lost', 'Waiting'])
  expect(tile('At risk')).toContain('At risk0')
  expect(tile('Renewing in 90 days')).toBe('Renewing in 90 days0no contract ends soon')
  expect(ring()).toBe('Health of 2 accounts: Healthy 0, At Risk 0, Critical 1, No data 0, Paused 1')
})

test('a score of low confidence is no risk, and a part of the ring that opens its list', async () => {
  const unsure = account({ id: '7', name: 'Unsure', arr: 9000, overall_score: 20, risk_level: 'Critical', confidence: 'low' })
  const { user, asked } = await open([corp, start, unsure])
  expect(tile('At risk')).toContain('At risk1')
  expect(ring()).toBe('Health of 3 accounts: Healthy 1, At Risk 0, Critical 1, No data 0, Uncertain 1')
  await user.click(screen.getByRole('button', { name: 'Uncertain' }))
  await waitFor(() => expect(rowNames()).toEqual(['Unsure']))
  expect(asked('search_accounts').at(-1)!.criteria).toEqual({ all: [{ field: 'health_band', op: 'eq', value: 'Uncertain' }] })
  await user.click(screen.getByRole('button', { name: 'Critical' }))
  await waitFor(() => expect(rowNames()).toEqual(['TechStart Solutions']))
})

test('further pages come one by one, and the summary is that of all', async () => {
  const { user, asked } = await open(many)
  expect(rowNames()).toHaveLength(100)
  expect(tile('Accounts')).toContain('230')
  expect(document.querySelector('table[aria-rowcount]')).toHaveAttribute('aria-rowcount', '231')
  await user.click(screen.getByText('Show 100 more', { selector: 'button' }))
  await user.click(await screen.findByText('Show 30 more', { selector: 'button' }))
  await waitFor(() => expect(rowNames()).toHaveLength(230))
  expect(screen.queryByText(/^Show/, { selector: 'button' })).toBeNull()
  expect(new Set(rowNames()).size).toBe(230)
  expect(asked('search_accounts').map(({ after, with_total }) => [after, with_total])).toEqual([[undefined, true], ['100', false], ['200', false]])
}, 15_000)

test('a press on a header asks the server for that order', async () => {
  const { user, asked } = await open([corp, start])
  const press = (name: string) => user.click(list().getByRole('button', { name }))
  const sorts = () => asked('search_accounts').map(({ sort }) => sort)
  await press('ARR')
  await waitFor(() => expect(sorts().at(-1)).toBe('arr.desc,name.asc'))
  expect(list().getByRole('columnheader', { name: 'ARR' })).toHaveAttribute('aria-sort', 'descending')
  await press('ARR')
  await waitFor(() => expect(sorts().at(-1)).toBe('arr.asc,name.asc'))
  await press('Health')
  await waitFor(() => expect(sorts().at(-1)).toBe('health_score.asc,name.asc'))
})

test('the filter is the server’s: one request once typing pauses, then rows and figures of the match', async () => {
  const { user, asked } = await open([corp, europe, start, blank])
  await user.type(screen.getByLabelText('Filter accounts'), 'alice')
  expect(rowNames()).toHaveLength(4)
  await waitFor(() => expect(rowNames()).toEqual(['GlobalTech Corporation']))
  expect(asked('search_accounts')).toHaveLength(2)
  expect(tile('Total ARR')).toContain('$150,000')
  expect(screen.getByText('1 of 4 accounts')).toBeVisible()
})

test('a level filters rows and tiles; the ring keeps its other parts', async () => {
  const { user, asked } = await open([corp, europe, start, blank])
  await user.click(screen.getByRole('button', { name: 'No data' }))
  await waitFor(() => expect(rowNames()).toEqual(['Blank']))
  expect(asked('search_accounts').at(-1)!.criteria).toEqual({ all: [{ field: 'health_band', op: 'eq', value: 'No data' }] })
  expect(tile('Accounts')).toBe('Accounts1of 41 without data')
  expect(ring()).toContain('Healthy 1, At Risk 1, Critical 1, No data 1')
  await user.click(screen.getByRole('button', { name: 'Critical' }))
  await waitFor(() => expect(rowNames()).toEqual(['TechStart Solutions']))
  expect(tile('Accounts')).toBe('Accounts1of 4all have a score')
})

test('a late answer to an earlier filter does not win', async () => {
  const { user, fetch } = await open([corp, europe, start])
  const answer = fetch.getMockImplementation()!
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  fetch.mockImplementation(async (path, init) => {
    if (String(init?.body).includes('"eq","value":"Critical"') && path.includes('search_accounts')) await held
    return answer(path, init)
  })
  await user.click(screen.getByRole('button', { name: 'Critical' }))
  await user.click(within(screen.getByRole('table', { name: /^Accounts and ARR/ })).getByRole('button', { name: 'Healthy' }))
  await waitFor(() => expect(rowNames()).toEqual(['GlobalTech Corporation']))
  await act(async () => release())
  expect(rowNames()).toEqual(['GlobalTech Corporation'])
})

test('a live event loads the list again, and rows stay meanwhile', async () => {
  const accounts = [corp]
  const { asked } = await open(accounts)
  accounts.push(start)
  act(() => FakeEventSource.opened[0]!.send('message', { topic: 'health', ids: ['3'] }))
  expect(rowNames()).toEqual(['GlobalTech Corporation'])
  await waitFor(() => expect(rowNames()).toEqual(['GlobalTech Corporation', 'TechStart Solutions']), { timeout: 3_000 })
  expect(asked('search_accounts')).toHaveLength(2)
})

test('a filter that fails keeps the last rows under the message', async () => {
  const { user, fetch } = await open([corp, start])
  fetch.mockImplementation(async () => new Response(JSON.stringify({ code: 'XX000', message: 'Something broke.' }), { status: 500 }))
  await user.click(screen.getByRole('button', { name: 'Critical' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('Something broke.')
  expect(rowNames()).toHaveLength(2)
})

test('without any account the page says so', async () => {
  serve([])
  render(
    <QueryClientProvider client={createQueryClient(() => {})}>
      <Page first={{}} />
    </QueryClientProvider>,
  )
  expect(await screen.findByRole('heading', { name: 'No accounts yet' })).toBeVisible()
})
