// The list of very many accounts: only those on screen are drawn, all can be reached, and typing is never waited for.
import { crowd, expect, list, logIn, rpc, test as base } from './fixtures'

const test = base.extend({
  // eslint-disable-next-line no-empty-pattern
  site: async ({}, use) => {
    base.skip(crowd === null, 'needs a site with many accounts')
    await use(crowd!)
  },
})

test('all rows can be scrolled to, few are drawn, the last one is the last of the server, and the place is kept @long', async ({ page }) => {
  test.slow()
  await logIn(page, process.env.CROWD_EMAIL)
  const { total } = await rpc<{ total: number }>(page, 'search_accounts', { page_size: 1 })
  const { rows } = await rpc<{ rows: { name: string }[] }>(page, 'search_accounts', { sort: 'name.desc', page_size: 1 })
  await page.goto('/dashboard/accounts')
  await expect(list(page)).toHaveAttribute('aria-rowcount', String(total + 1))
  const drawn = () => list(page).locator('tbody tr[data-row]').count()
  await expect.poll(drawn).toBeLessThanOrEqual(60)
  // at the top, where no row is half under the head
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
  await expect(list(page).locator(`tr[aria-rowindex="${total + 1}"]`)).toContainText(rows[0]!.name, { timeout: 60_000 })
  expect(await drawn()).toBeLessThanOrEqual(60)
  await page.getByLabel('Filter accounts').pressSequentially('zzzz', { delay: 20 })
  await expect(page.getByLabel('Filter accounts')).toHaveValue('zzzz')
  await expect(page.getByText('Nothing matches “zzzz”.')).toBeVisible()
})
