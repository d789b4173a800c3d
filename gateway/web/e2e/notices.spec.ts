// What concerns every page stands under the header as long as it holds; pinned views stand in the sidebar.
import { expect, logIn, rpc, signIn, test } from './fixtures'

const PATH = '/dashboard/executive'

test('usage that stays away is said, until it comes again @long', async ({ page, sql }) => {
  sql("update cs.health_scores set stale_feed = true where is_current and account_id = (select id from cs.accounts where name = 'TechStart Solutions')")
  try {
    await signIn(page, PATH)
    await expect(page.getByText('Usage of 1 account stays away.')).toBeVisible()
  } finally {
    sql('update cs.health_scores set stale_feed = false where is_current')
  }
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByText('Usage of 1 account stays away.')).toBeHidden()
})

test('deliveries that are held back are said to those who may see playbooks, and vanish once they are sent', async ({ page, sql }) => {
  // as many as the tests before have left waiting, and one more
  const late = /\d+ deliver(y has|ies have) been due for more than 5 minutes\./
  // a copy of a database sends nothing until someone confirms it
  sql('update cs.installation set database_oid = 1')
  sql(`update cs.webhook_queue set status = 'pending', processed_at = null, attempts = 0, run_at = now() - interval '10 minutes'
       where id = (select id from cs.webhook_queue order by created_at limit 1)`)
  try {
    await signIn(page, PATH)
    await expect(page.getByText(late)).toBeVisible()
  } finally {
    sql('select cs.confirm_webhooks()')
  }
  await expect(page.getByText(late)).toBeHidden()
})

test.describe('without a network', () => {
  test.use({ allow: { console: /ERR_INTERNET_DISCONNECTED/ } })
  test('the page stays and says so @long', async ({ page, context }) => {
    await signIn(page, PATH)
    await expect(page.locator('#renewals svg.recharts-surface')).toBeVisible()
    await expect(page.locator('#portfolio-growth table')).toBeVisible()
    await context.setOffline(true)
    await expect(page.getByText('You are offline.')).toBeVisible()
    await expect(page.getByRole('region', { name: 'Key figures' })).toContainText('Total ARR$280K')
    await context.setOffline(false)
    await expect(page.getByText('You are offline.')).toBeHidden()
  })
})

test('pinned views stand in the sidebar instead of all @long', async ({ page }) => {
  await logIn(page)
  const view = (name: string, pinned: boolean) => rpc<{ id: string }>(page, 'save_view', { view: { page: 'accounts', name, criteria: { field: 'arr', op: 'gte', value: 80_000 }, settings: { pinned } } })
  const made = [await view('Large ones', true), await view('Not pinned', false)]
  try {
    await page.goto(PATH)
    const views = page.getByRole('navigation', { name: 'Pinned views' })
    await expect(views.getByRole('link')).toHaveText(['Large ones'])
    await views.getByRole('link', { name: 'Large ones' }).click()
    await expect(page.getByRole('table', { name: 'Accounts', exact: true }).getByRole('rowheader')).toHaveCount(2)
  } finally {
    for (const { id } of made) await rpc(page, 'delete_view', { view_id: id })
  }
  await page.reload()
  await expect(page.getByRole('navigation', { name: 'Saved views' }).getByRole('link')).toHaveText(['Renewals to win'])
})
