// What ends an account, for the test of the contract: on two accounts of its own.
import { belongingsQuery, deleteAccount } from '@/components/ending/ending-api'
import { namedByQuery } from '@/components/naming/named-by-api'
import { mergeAccounts, rehearsalQuery } from '@/features/account/merge/merge-api'
import { expect } from './fixtures'

export async function onEnding(ask: <T>(options: object) => Promise<T>) {
  const make = async (external_id: string) => {
    const made = await fetch('/rest/v1/rpc/upsert_account', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ external_id, patch: { name: external_id } }) })
    return ((await made.json()) as { id: string }).id
  }
  const mark = Date.now()
  const [keep, other] = [await make(`contract-keep-${mark}`), await make(`contract-other-${mark}`)]
  for (const options of [belongingsQuery(keep), namedByQuery(keep), rehearsalQuery(keep, other)]) expect(await ask(options), JSON.stringify((options as { queryKey: unknown }).queryKey)).toBeDefined()
  expect(await mergeAccounts(keep, other)).toMatchObject({ contacts: { moved: 0, joined: 0 } })
  await deleteAccount(keep, 'Contract')
}
