// Every view and function the pages name, called through the pages' own code against the real gateway: each answer has the
// shape the pages expect. What is named and not called here fails the last test.
import { readdirSync, readFileSync } from 'node:fs'
import { QueryClient, type FetchQueryOptions } from '@tanstack/react-query'
import { matchesQuery } from '@/components/account-filter/matches-api'
import { invite } from '@/components/inviting/inviting-api'
import { playbooksQuery, retryDeliveries, runPlaybook, whyQuery } from '@/components/playbook/playbook-api'
import { createToken, revokeToken, tokensQuery } from '@/components/tokens/tokens-api'
import { accountQuery } from '@/features/account/api'
import { runsQuery } from '@/features/account/automation/automation-api'
import { familyQuery, placesQuery } from '@/features/account/family/family-api'
import { changesQuery } from '@/features/account/fields/fields-api'
import { explainQuery, historyQuery, marksQuery, modelsQuery } from '@/features/account/health/health-api'
import { staysQuery, stepsQuery } from '@/features/account/journey/journey-api'
import { timelineQuery } from '@/features/account/timeline/timeline-api'
import { featuresQuery, pausesQuery, usageQuery } from '@/features/account/usage/usage-api'
import * as write from '@/features/account/write-api'
import { accountsQuery } from '@/features/accounts/api'
import { meQuery, readSlug } from '@/features/auth/api'
import * as executive from '@/features/executive/api'
import { teamSizeQuery } from '@/features/executive/setup-api'
import { leaveTenant, membersQuery, preferencesQuery, savePreferences } from '@/features/me/api'
import { lateDeliveriesQuery, staleFeedsQuery } from '@/features/notices/api'
import { peekQuery } from '@/features/peek/api'
import { searchQuery } from '@/features/search/api'
import { completeTask, tasksQuery } from '@/features/tasks/api'
import { activeStagesQuery, peopleQuery, stagesQuery } from '@/lib/names'
import * as moves from '@/lib/stage-moves-api'
import { thresholdsQuery } from '@/lib/thresholds'
import { updateAccount } from '@/lib/update-account'
import { viewsQuery } from '@/lib/views'
import { onAccounts } from './contract-accounts'
import { onAdmin } from './contract-admin'
import { onAllPlaybooks, onAutomation } from './contract-automation'
import { onEnding } from './contract-ending'
import { onJourney } from './contract-journey'
import { expect, rpc, signIn, test } from './fixtures'

const NOBODY = '01900000-0000-7000-8000-000000000000'
const called = new Set<string>()

test('each answer has the shape the pages expect', async ({ page, baseURL, sql }) => {
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
      executive.bridgeQuery(all, range), executive.growthQuery(all, range), executive.teamQuery, executive.moversQuery(all, '7d'),
      teamSizeQuery, stagesQuery, peopleQuery, preferencesQuery, membersQuery, tokensQuery(me.user_id), lateDeliveriesQuery, staleFeedsQuery, peekQuery(accounts[0]!.id), searchQuery('tech'), viewsQuery, tasksQuery, thresholdsQuery,
    ]) {
      expect(await ask(options), JSON.stringify((options as { queryKey: unknown }).queryKey)).toBeDefined()
    }
    await client.fetchInfiniteQuery(accountsQuery({ q: 'tech' }, 'tree'))
    await onAdmin(ask, client)
    await onAccounts(ask)
    await onJourney(ask)
    await onAutomation(ask)
    await onAllPlaybooks(ask)
    // nobody takes over
    await expect(leaveTenant(NOBODY)).rejects.toThrow(/Admin|member/)
    await readSlug('free-slug')
    await savePreferences({ density: 'comfortable' })
    const token = (await createToken('contract', null)) as { token: string; id?: string }
    await revokeToken(String(token.id))
    await invite(`contract-${Date.now()}@acme.com`, 'Viewer')
    const task = await rpc<{ id: string }>(page, 'log_activity', { account_id: accounts[0]!.id, kind: 'task', body: 'Contract', at: new Date(Date.now() + 60_000).toISOString() })
    await completeTask(task.id)
    await onOneAccount(ask, client)
    await onEnding(ask)
  } finally {
    globalThis.fetch = real
    // as superuser: no member deletes an account
    sql("delete from cs.accounts where external_id = 'contract-360'")
  }
})

/** What the page of an account asks for and writes, on an account of its own. */
async function onOneAccount(ask: <T>(options: object) => Promise<T>, client: QueryClient) {
  const created = (await (await fetch('/rest/v1/rpc/upsert_account', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ external_id: 'contract-360', patch: { name: 'Contract 360', status: 'Paused', current_stage: 'Onboarding' } }) })).json()) as { id: string; version: number }
  const { id } = created
  const all = { field: 'status', op: 'eq', value: 'Paused' }
  const page = await ask<{ version: number; account: { hierarchy_path: string } }>(accountQuery(id))
  const [playbook] = await ask<{ id: string }[]>(playbooksQuery)
  for (const options of [
    activeStagesQuery, peopleQuery, moves.dueQuery(id), moves.suggestedQuery(id), matchesQuery(all), explainQuery(id), explainQuery(id, new Date(Date.now() - 86_400_000).toISOString()), historyQuery(id, 365), marksQuery(id), modelsQuery, usageQuery(id), featuresQuery(id),
    pausesQuery(id), stepsQuery(id), staysQuery(id), familyQuery(id, page.account.hierarchy_path), placesQuery('contract'), runsQuery(id), whyQuery(id, playbook!.id), changesQuery(id), changesQuery(id, 'name'),
  ]) {
    expect(await ask(options), JSON.stringify((options as { queryKey: unknown }).queryKey)).toBeDefined()
  }
  await client.fetchInfiniteQuery(timelineQuery(id, 'all', ['call']))
  await updateAccount(id, { crm_attributes: { industry: 'Testing' } }, page.version)
  const entry = await write.logActivity(id, { kind: 'note', body: 'Contract' })
  await write.editActivity(entry.id, 'Contract, changed')
  const task = await write.logActivity(id, { kind: 'task', body: 'Contract', at: new Date(Date.now() + 60_000).toISOString() })
  await write.completeTask(task.id)
  await write.saveContact(id, { full_name: 'Contract', email: null, phone: null, title: null, is_primary: true })
  const { contacts } = await client.fetchQuery({ ...accountQuery(id), staleTime: 0 })
  await write.deleteContact(contacts[0]!.id)
  const milestone = contacts && (await client.fetchQuery({ ...accountQuery(id), staleTime: 0 })).milestones[0]
  await moves.completeMilestone(id, milestone!.milestone_id, 'Contract')
  await write.overrideScore(id, 50, 'Contract', new Date(Date.now() + 86_400_000).toISOString())
  await write.overrideScore(id, null)
  await moves.moveStage({ id, to: 'At Risk', from: 'Onboarding' })
  await moves.undoMove(id)
  await runPlaybook(playbook!.id, id, true)
  // there is none to send again
  await expect(retryDeliveries([NOBODY])).rejects.toThrow(/delivery/)
}

test('nothing that the pages name is left out', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.includes('.test.'))
  const named = new Set(sources.flatMap((file) => [...readFileSync(`src/${file}`, 'utf8').matchAll(/\/rest\/v1\/(?:rpc\/)?\w+/g)].map((match) => match[0])))
  expect(named.size).toBeGreaterThan(20)
  expect([...named].filter((path) => !called.has(path)).toSorted()).toEqual([])
})
