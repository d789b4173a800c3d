import { useState, type ReactNode } from 'react'
import { QueryClientProvider } from '@tanstack/react-query'
import { act, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createQueryClient } from '@/lib/query'
import { account, serve } from '../../../tests/fake-accounts'
import { FakeEventSource } from '../../../tests/fake-events'
import { AccountsView } from './accounts-view'
import type { Account } from './api'
import type { AccountSearch } from './search'

// links need a router; where they lead is for the browser tests
vi.mock('@tanstack/react-router', () => ({ Link: ({ children, to: _to, search: _search, activeProps: _props, ...rest }: { children: ReactNode; to: string; search: unknown; activeProps: unknown }) => <a href="#top" {...rest}>{children}</a> }))

const corp = account({ id: '1', name: 'GlobalTech Corporation', arr: 150000, overall_score: 85, risk_level: 'Healthy', csm_name: 'Alice Administrator', days_to_renewal: 220 })
const europe = account({ id: '2', name: 'GlobalTech Europe', parent_id: '1', parent_name: corp.name, arr: 45000, overall_score: 72, risk_level: 'At Risk', days_to_renewal: 90 })
const start = account({ id: '3', name: 'TechStart Solutions', arr: 85000, overall_score: 35, risk_level: 'Critical', days_to_renewal: 0 })
const blank = account({ id: '4', name: 'Blank' })
const many = Array.from({ length: 230 }, (_, i) => account({ id: `m${i}`, name: `Account ${i}` }))

vi.setConfig({ testTimeout: 20_000 })

beforeEach(() => {
  FakeEventSource.opened = []
  vi.stubGlobal('EventSource', FakeEventSource)
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }))
})
afterEach(() => vi.unstubAllGlobals())

const me = { user_id: 'me', permissions: ['account.edit', 'stage.move', 'view.save', 'view.share'], tenant: { name: 'Acme' } }

function Page({ first, permissions = me.permissions }: { first: AccountSearch; permissions?: string[] }) {
  const [search, setSearch] = useState(first)
  return <AccountsView me={{ ...me, permissions }} search={search} peek={undefined} currency="USD" timeZone="UTC" onPeek={() => undefined} onChange={(part) => setSearch({ ...search, ...part })} />
}

async function open(accounts: Account[], first: AccountSearch = {}, permissions?: string[]) {
  const server = serve(accounts)
  render(
    <QueryClientProvider client={createQueryClient(() => {})}>
      <Page first={first} permissions={permissions} />
    </QueryClientProvider>,
  )
  await screen.findByText(/^Updated/)
  return { user: userEvent.setup(), ...server }
}

const list = () => within(screen.getByRole('table', { name: 'Accounts' }))
// by selector, because looking up roles in hundreds of rows takes seconds
const rowNames = () => [...document.querySelectorAll('table[aria-rowcount] th[scope=row]')].map((cell) => cell.textContent)
const figure = (label: string) => within(screen.getByRole('region', { name: 'Summary' })).getByText(label).parentElement!.textContent
const lists = (asked: (name: string) => { page_size: number }[]) => asked('search_accounts').filter(({ page_size }) => page_size > 1)

test('rows and figures are those of the server', async () => {
  const { asked } = await open([corp, europe, start, blank])
  expect(rowNames()).toEqual(['GlobalTech Corporation', 'Subsidiary of GlobalTech CorporationGlobalTech Europe', 'TechStart Solutions', 'Blank'])
  expect(lists(asked)).toMatchObject([{ sort: 'name.asc', page_size: 200, with_total: true }])
  expect(figure('Accounts')).toBe('Accounts4')
  expect(figure('Total ARR')).toBe('Total ARR$280K')
  expect(figure('At risk')).toBe('At risk2, $130K')
  expect(figure('Renewing in 90 days')).toBe('Renewing in 90 days2, $130K')
  expect(figure('Renewing and at risk')).toBe('Renewing and at risk2, $130K')
})

test('of many accounts only those on screen are drawn, and the table says how many there are', async () => {
  const { asked } = await open(many)
  expect(rowNames().length).toBeLessThanOrEqual(60)
  expect(document.querySelector('table[aria-rowcount]')).toHaveAttribute('aria-rowcount', '231')
  expect(figure('Accounts')).toBe('Accounts230')
  expect(lists(asked)).toHaveLength(1)
})

test('a press on a header asks the server for that order; with Shift as a second key', async () => {
  const { user, asked } = await open([corp, start])
  const press = (name: string) => user.click(list().getByRole('button', { name: new RegExp(`^${name}`) }))
  const last = () => lists(asked).at(-1) as unknown as { sort: string }
  await press('ARR')
  await waitFor(() => expect(last().sort).toBe('arr.desc,name.asc'))
  expect(list().getByRole('columnheader', { name: 'ARR' })).toHaveAttribute('aria-sort', 'descending')
  await user.keyboard('{Shift>}')
  await press('Health')
  await user.keyboard('{/Shift}')
  await waitFor(() => expect(last().sort).toBe('arr.desc,health_score.asc,name.asc'))
  expect(document.querySelectorAll('th[aria-sort]')).toHaveLength(1)
  expect(list().getByRole('columnheader', { name: /^Health.*key 2, ascending/ })).toBeVisible()
})

test('the filter is the server’s: one request once typing pauses, then rows and figures of the match', async () => {
  const { user, asked } = await open([corp, europe, start, blank])
  await user.type(screen.getByLabelText('Filter accounts'), 'alice')
  expect(rowNames()).toHaveLength(4)
  await waitFor(() => expect(rowNames()).toEqual(['GlobalTech Corporation']))
  expect(lists(asked)).toHaveLength(2)
  expect(figure('Total ARR')).toBe('Total ARR$150K')
  expect(figure('Accounts')).toBe('Accounts1 of 4')
  expect(screen.getByText('1 of 4 accounts')).toBeVisible()
})

test('a level of a link is a chip that can be dropped', async () => {
  const { user, asked } = await open([corp, europe, start, blank], { level: 'Critical' })
  expect(rowNames()).toEqual(['TechStart Solutions'])
  expect(lists(asked).at(-1)).toMatchObject({ criteria: { all: [{ field: 'health_band', op: 'eq', value: 'Critical' }] } })
  await user.click(screen.getByRole('button', { name: 'Remove Level' }))
  await waitFor(() => expect(rowNames()).toHaveLength(4))
})

test('a late answer to an earlier filter does not win', async () => {
  const { user, fetch } = await open([corp, europe, start])
  const answer = fetch.getMockImplementation()!
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  fetch.mockImplementation(async (path, init) => {
    if (String(init?.body).includes('"contains","value":"tech"') && String(init?.body).includes('"page_size":200')) await held
    return answer(path, init)
  })
  const input = screen.getByLabelText('Filter accounts')
  await user.type(input, 'tech')
  await waitFor(() => expect(fetch.mock.calls.some(([, init]) => String(init?.body).includes('"tech"'))).toBe(true))
  await user.clear(input)
  await user.type(input, 'europe')
  await waitFor(() => expect(rowNames()).toHaveLength(1))
  await act(async () => release())
  expect(rowNames()).toHaveLength(1)
})

test('a live event loads a short list again, and rows stay meanwhile', async () => {
  const accounts = [corp]
  await open(accounts)
  accounts.push(start)
  act(() => FakeEventSource.opened[0]!.send('message', { topic: 'health', ids: ['3'] }))
  expect(rowNames()).toEqual(['GlobalTech Corporation'])
  await waitFor(() => expect(rowNames()).toEqual(['GlobalTech Corporation', 'TechStart Solutions']), { timeout: 3_000 })
})

test('rows are selected one by one, as a range, and all together', async () => {
  const { user } = await open(many.slice(0, 12))
  const box = (n: number) => screen.getByRole('checkbox', { name: `Select Account ${n}` })
  const bar = () => screen.getByRole('region', { name: 'Selection' })
  await user.click(box(1))
  await user.keyboard('{Shift>}')
  await user.click(box(4))
  await user.keyboard('{/Shift}')
  expect(bar()).toHaveTextContent('4 selected')
  await user.click(within(bar()).getByRole('button', { name: 'Select all 12 matching' }))
  expect(bar()).toHaveTextContent('12 selected')
  await user.click(box(2))
  expect(bar()).toHaveTextContent('3 selected')
  await user.click(screen.getByRole('button', { name: 'Clear the selection' }))
  expect(screen.queryByRole('region', { name: 'Selection' })).toBeNull()
})

test('who may only read selects nothing and makes nothing', async () => {
  await open([corp], {}, ['account.read', 'view.save'])
  expect(screen.queryByRole('checkbox', { name: /^Select/ })).toBeNull()
  expect(screen.queryByRole('button', { name: 'New account' })).toBeNull()
  expect(screen.queryByRole('button', { name: 'Import' })).toBeNull()
})

test('a filter that fails keeps the last rows under the message', async () => {
  const { user, fetch } = await open([corp, start])
  fetch.mockImplementation(async () => new Response(JSON.stringify({ code: 'XX000', message: 'Something broke.' }), { status: 500 }))
  await user.type(screen.getByLabelText('Filter accounts'), 'tech')
  expect(await screen.findByRole('alert')).toHaveTextContent('Something broke.')
  expect(rowNames()).toHaveLength(2)
})

test('without any account the page says so, and what to do', async () => {
  serve([])
  render(
    <QueryClientProvider client={createQueryClient(() => {})}>
      <Page first={{}} />
    </QueryClientProvider>,
  )
  expect(await screen.findByRole('heading', { name: 'No accounts yet' })).toBeVisible()
})
