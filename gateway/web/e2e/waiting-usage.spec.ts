// Usage of accounts that do not exist yet: where it waits, and the account it waits for.
import { axe, colleague, expect, rpc, signIn, test } from './fixtures'

test.afterEach(({ sql }) => {
  sql("delete from cs.unknown_usage where external_id like 'WAIT-%'")
  sql("delete from cs.accounts where external_id like 'WAIT-%'")
})

test('usage without an account is shown by its id until its account is made; what ended says why @long', async ({ page, browser, sql }) => {
  const id = `WAIT-${Date.now()}`
  await signIn(page)
  const row = (external_id: string, metric_type: string) => ({ external_id, metric_type, metric_value: 3, recorded_at: new Date(Date.now() - 3_600_000).toISOString() })
  expect(await rpc(page, 'record_usage', { rows: [row(id, 'logins'), row(id, 'api_calls'), row(`${id}-old`, 'logins')], keep_unknown: true })).toMatchObject({ kept: 3 })
  sql(`update cs.unknown_usage set ended_at = now(), reason = 'no such account came' where external_id = '${id}-old'`)
  await page.goto('/dashboard/admin/feeds')
  const line = page.getByRole('listitem').filter({ hasText: id })
  await expect(line.filter({ hasText: '2 rows' })).toContainText(/Logins and API calls|API calls and Logins/)
  await expect(line.filter({ hasText: `${id}-old` })).toContainText('without having counted: no such account came')
  await expect(line.filter({ hasText: `${id}-old` }).getByRole('link')).toHaveCount(0)
  expect(await axe(page)).toEqual([])
  await page.getByRole('link', { name: `New account with the id ${id}`, exact: true }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'New account' })
  await expect(dialog.getByLabel('External id')).toHaveValue(id)
  await dialog.getByLabel('Name').fill(`Waited for ${id}`)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: `Waited for ${id}` })).toBeVisible()
  await page.goto('/dashboard/admin/feeds')
  await expect(page.getByRole('heading', { name: 'Usage without an account' })).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: `${id}-old` })).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: '2 rows' })).toHaveCount(0)

  // who may not record usage is not shown it
  const other = await colleague(page, browser, 'Viewer', 'Vera Viewer')
  await other.page.goto('/dashboard/admin/feeds')
  await expect(other.page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(other.page.getByRole('heading', { name: 'Usage without an account' })).toHaveCount(0)
  await other.page.context().close()
})
