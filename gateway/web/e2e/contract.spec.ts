// Every view and function the pages name, called through the pages' own code against the real gateway: each answer has the
// shape the pages expect. What is named and not called here fails the last test.
import { readdirSync, readFileSync } from 'node:fs'
import { QueryClient, type FetchQueryOptions } from '@tanstack/react-query'
import { accountsQuery } from '@/features/accounts/api'
import { meQuery, readSlug } from '@/features/auth/api'
import * as executive from '@/features/executive/api'
import { importAccounts, invite, teamSizeQuery } from '@/features/executive/setup-api'
import { segmentsQuery } from '@/features/executive/use-views'
import { createToken, preferencesQuery, revokeToken, savePreferences, tokensQuery } from '@/features/me/api'
import { lateDeliveriesQuery, staleFeedsQuery } from '@/features/notices/api'
import { peekQuery } from '@/features/peek/api'
import { searchQuery, viewsQuery } from '@/features/search/api'
import { completeTask, tasksQuery } from '@/features/tasks/api'
import { thresholdsQuery } from '@/lib/thresholds'
import { onAccounts } from './contract-accounts'
import { expect, rpc, signIn, test } from './fixtures'

const called = new Set<string>()

test('each answer has the shape the pages expect', async ({ page, baseURL }) => {
  await signIn(page)
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const real = globalThis.fetch
  globalThis.fetch = async (path, init) => {
    called.add(String(path).split('?')[0]!)
    return real(new URL(String(path), baseURL), { ...init, headers: { ...(init?.headers as Record<string, string>), cookie, origin: new URL(baseURL!).origin } })
  }
  try {
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
    const ask = <T>(options: object) => client.fetchQuery(options as FetchQueryOptions<T, Error, T, readonly unknown[]>)
    const me = await ask<{ user_id: string }>(meQuery)
    const accounts = (await (await page.request.get('/rest/v1/accounts?select=id&limit=1')).json()) as { id: string }[]
    const all = { field: 'status', op: 'eq', value: 'Active' }
    const range = { name: '90d' } as const
    for (const options of [
      executive.dashboardQuery(all, range), executive.trendsQuery(all, range), executive.lateQuery(all), executive.renewalsQuery(all),
      executive.bridgeQuery(all, range), executive.growthQuery(all, range), executive.teamQuery, executive.stagesQuery, executive.peopleQuery, executive.moversQuery(all, '7d'),
      teamSizeQuery, segmentsQuery, preferencesQuery, tokensQuery(me.user_id), lateDeliveriesQuery, staleFeedsQuery, peekQuery(accounts[0]!.id), searchQuery('tech'), viewsQuery, tasksQuery, thresholdsQuery,
    ]) {
      expect(await ask(options), JSON.stringify((options as { queryKey: unknown }).queryKey)).toBeDefined()
    }
    await client.fetchInfiniteQuery(accountsQuery({ q: 'tech' }, 'tree'))
    await onAccounts(ask)
    await readSlug('free-slug')
    await savePreferences({ density: 'comfortable' })
    const token = (await createToken('contract', null)) as { token: string; id?: string }
    await revokeToken(String(token.id))
    await importAccounts([{ name: 'Contract', external_id: 'contract-1' }], true)
    await invite(`contract-${Date.now()}@acme.com`, 'Viewer')
    const task = await rpc<{ id: string }>(page, 'log_activity', { account_id: accounts[0]!.id, kind: 'task', body: 'Contract', at: new Date(Date.now() + 60_000).toISOString() })
    await completeTask(task.id)
  } finally {
    globalThis.fetch = real
  }
})

test('nothing that the pages name is left out', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.includes('.test.'))
  const named = new Set(sources.flatMap((file) => [...readFileSync(`src/${file}`, 'utf8').matchAll(/\/rest\/v1\/(?:rpc\/)?\w+/g)].map((match) => match[0])))
  expect(named.size).toBeGreaterThan(20)
  expect([...named].filter((path) => !called.has(path)).toSorted()).toEqual([])
})
