import { expect, list, signIn, test } from './fixtures'

test.beforeEach(({ page }) => signIn(page))

test('sort and filter are part of the address and survive a reload', async ({ page }) => {
  await list(page).getByRole('button', { name: 'ARR' }).click()
  await expect(page).toHaveURL(/sort=-arr/)
  await page.keyboard.press('/')
  await expect(page.getByLabel('Filter accounts')).toBeFocused()
  await page.keyboard.type('tech')
  await expect(page).toHaveURL(/q=tech/)
  await page.reload()
  await expect(page.getByLabel('Filter accounts')).toHaveValue('tech')
  await expect(list(page).getByRole('columnheader', { name: 'ARR' })).toHaveAttribute('aria-sort', 'descending')
  await expect(list(page).getByRole('rowheader')).toContainText(['GlobalTech Corporation', 'TechStart Solutions', 'GlobalTech Europe'])
  await list(page).getByRole('button', { name: 'ARR' }).click()
  await expect(list(page).getByRole('columnheader', { name: 'ARR' })).toHaveAttribute('aria-sort', 'ascending')
  await expect(list(page).getByRole('rowheader')).toContainText(['GlobalTech Europe', 'TechStart Solutions', 'GlobalTech Corporation'])
  await page.goBack()
  await expect(list(page).getByRole('columnheader', { name: 'ARR' })).toHaveAttribute('aria-sort', 'descending')
})

test('each column sorts, and only the one in use says so', async ({ page }) => {
  for (const name of ['Health', 'ARR', 'Stage', 'CSM', 'Status', 'Renewal', 'Industry', 'Account']) {
    await list(page).getByRole('columnheader', { name }).getByRole('button').click()
    await expect(list(page).getByRole('columnheader', { name })).toHaveAttribute('aria-sort', /ascending|descending/)
    await expect(list(page).locator('th[aria-sort]')).toHaveCount(1)
  }
})

test('the summary follows the filter', async ({ page }) => {
  const summary = page.getByRole('region', { name: 'Summary' })
  await expect(summary).toContainText('$280,000')
  await expect(summary).toContainText('$130K · 46% of ARR')
  await page.getByLabel('Filter accounts').fill('bob builder')
  await expect(summary).toContainText('$85,000')
  await expect(page.getByText('1 of 3 accounts').first()).toBeVisible()
  await page.getByLabel('Clear the filter text').click()
  await page.getByRole('button', { name: 'At Risk', exact: true }).click()
  await expect(page).toHaveURL(/level=At(\+|%20)Risk/)
  await expect(list(page).getByRole('rowheader')).toHaveCount(1)
  await expect(list(page).getByRole('rowheader')).toContainText('Subsidiary of GlobalTech Corporation')
})

test('no match says what was looked for, and Clear brings all back', async ({ page }) => {
  await page.getByLabel('Filter accounts').fill('zebra')
  await expect(page.getByText('Nothing matches “zebra”.')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(list(page).getByRole('rowheader')).toHaveCount(3)
  await expect(page.getByLabel('Filter accounts')).toHaveValue('')
})

test('a broken address opens the plain list', async ({ page }) => {
  await page.goto('/dashboard/accounts?sort=password&level=Fine&x=1')
  await expect(list(page).getByRole('rowheader')).toHaveCount(3)
  await page.goto('/dashboard/nothing-here')
  await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible()
})

test('the first Tab offers to skip to the content', async ({ page }) => {
  await page.reload()
  await expect(list(page).getByRole('rowheader')).toHaveCount(3)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
})

test('the theme is kept', async ({ page }) => {
  await page.getByRole('button', { name: /^Theme/ }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await page.reload()
  await expect(page.locator('html')).toHaveClass(/dark/)
})

test.describe('when the list cannot be loaded', () => {
  test.use({ allow: { console: /status of 500/ } })
  test('the message, the request and Retry are there; later the old rows stay', async ({ page }) => {
    const fail = () =>
      page.route('**/rest/v1/**', (route) =>
        route.fulfill({ status: 500, headers: { 'X-Request-Id': 'req-7' }, json: { code: 'XX000', message: 'Something broke.', details: null, hint: null } }),
      )
    await fail()
    await page.reload()
    await expect(page.getByRole('alert')).toContainText('Something broke.')
    await expect(page.getByRole('alert')).toContainText('req-7')
    await page.unroute('**/rest/v1/**')
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect(list(page).getByRole('rowheader')).toHaveCount(3)
    await fail()
    await page.getByRole('button', { name: 'Refresh' }).click()
    await expect(page.getByRole('alert')).toContainText('Something broke.')
    await expect(list(page).getByRole('rowheader')).toHaveCount(3)
  })
})

test('an empty portfolio is explained', async ({ page }) => {
  const none = { accounts: 0, arr: 0 }
  const summary = { ...none, at_risk: none, renewing: none, at_risk_renewing: none }
  await page.route('**/rest/v1/**', (route) => route.fulfill({ json: [] }))
  await page.route('**/rpc/search_accounts', (route) => route.fulfill({ json: { rows: [], next: null, total: 0, summary } }))
  await page.reload()
  await expect(page.getByRole('heading', { name: 'No accounts yet' })).toBeVisible()
})

test('a second page follows the first, while the figures are those of all', async ({ page }) => {
  const asked: string[] = []
  await page.route('**/rpc/search_accounts', (route) => {
    const body = { ...(route.request().postDataJSON() as object), page_size: 2 }
    asked.push(JSON.stringify(body))
    return route.continue({ postData: JSON.stringify(body) })
  })
  await page.reload()
  await expect(list(page).getByRole('rowheader')).toHaveCount(2)
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('$280,000')
  await page.getByRole('button', { name: 'Show 1 more' }).click()
  await expect(list(page).getByRole('rowheader')).toHaveCount(3)
  // families stand together; which comes first is the order in which they were made
  const names = (await list(page).getByRole('rowheader').allTextContents()).map((text) => text.split(',')[0])
  expect(names.toSorted()).toEqual(['GlobalTech Corporation', 'GlobalTech Europe', 'TechStart Solutions'])
  expect(names.indexOf('GlobalTech Europe')).toBe(names.indexOf('GlobalTech Corporation') + 1)
  await expect(page.getByRole('button', { name: /^Show/ })).toHaveCount(0)
  expect(asked.at(-1)).toContain('"after":"')
})

test('320 px wide, nothing scrolls sideways and the rows are cards', async ({ page }) => {
  const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  await page.setViewportSize({ width: 320, height: 640 })
  await expect(page.getByRole('listitem').filter({ hasText: '$85,000' })).toBeVisible()
  expect(await sideways()).toBe(0)
  await page.getByRole('button', { name: 'Open navigation' }).click()
  await page.getByRole('dialog').getByRole('link', { name: 'Accounts' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.context().clearCookies()
  await page.goto('/login?reason=out')
  await expect(page.getByLabel('E-mail')).toBeVisible()
  expect(await sideways()).toBe(0)
})

test('a change made elsewhere appears by itself, and the list keeps what it shows', async ({ page }) => {
  // as another program would, without the page's own code
  const setIndustry = (industry: string) =>
    page.evaluate(async (wanted) => {
      const found = (await (await fetch('/rest/v1/account_overview?name=eq.TechStart%20Solutions&select=id')).json()) as { id: string }[]
      const body = JSON.stringify({ account_id: found[0]!.id, patch: { crm_attributes: { industry: wanted } } })
      return (await fetch('/rest/v1/rpc/update_account', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })).status
    }, industry)
  const row = list(page).getByRole('row').filter({ hasText: 'TechStart Solutions' })
  const listening = page.waitForResponse('**/events')
  await page.reload()
  await listening
  await expect(row).toContainText('Software')
  try {
    expect(await setIndustry('Robotics')).toBe(200)
    await expect(row).toContainText('Robotics')
    await expect(list(page).getByRole('rowheader')).toHaveCount(3)
  } finally {
    await setIndustry('Software')
  }
  await expect(row).toContainText('Software')
})
