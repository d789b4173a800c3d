// What the page of accounts asks for and writes, for the test of the contract.
import { QueryClient } from '@tanstack/react-query'
import { accountsById, familiesQuery, readAll, summaryQuery } from '@/features/accounts/api'
import { bulkUpdate } from '@/features/accounts/bulk/api'
import { importAccounts, membersQuery } from '@/features/accounts/import/api'
import { facetsQuery, fieldsQuery, namesQuery } from '@/components/account-filter/fields-api'
import { createAccount } from '@/features/accounts/new-account-api'
import { keepLiked, likedQuery } from '@/features/accounts/preferences-api'
import { deleteView, saveView, viewsQuery } from '@/features/accounts/views/api'
import { expect } from './fixtures'

const active = { field: 'status', op: 'eq', value: 'Active' }

export async function onAccounts(ask: <T>(options: object) => Promise<T>) {
  for (const options of [namesQuery, fieldsQuery, summaryQuery(active), facetsQuery('csm', active), familiesQuery, likedQuery, viewsQuery, membersQuery]) {
    expect(await ask(options), JSON.stringify((options as { queryKey: unknown }).queryKey)).toBeDefined()
  }
  const [first] = await readAll(active, 'name.asc')
  expect((await accountsById([first!.id])).rows).toHaveLength(1)
  expect(await bulkUpdate({ field: 'id', op: 'in', value: [first!.id] }, { csm_id: null }, true)).toMatchObject({ matched: 1 })
  expect(await importAccounts([{ external_id: 'contract-2', name: 'Contract' }], true, false)).toMatchObject({ inserted: 1 })
  await keepLiked(new QueryClient(), { columns: null })
  const view = await saveView({ name: `Contract ${Date.now()}`, criteria: active, settings: {}, is_shared: false })
  await saveView({ id: view.id, name: `${view.name}, changed` }, view.version)
  await deleteView(view.id)
  // it is there already, so that nothing is made; then what makes it is called with what it has
  await expect(createAccount({ name: 'Contract', external_id: first!.external_id ?? '', crm_attributes: {} })).rejects.toThrow(/already|taken/)
  await fetch('/rest/v1/rpc/upsert_account', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ external_id: first!.external_id, patch: {} }) })
}
