// The executive page: what it says of the sample, what opens from it, and that the address holds what is shown.
import { expect, pagesOf, rpc, signIn, test } from './fixtures'

const PATH = '/dashboard/executive'
const figures = (page: import('@playwright/test').Page) => page.getByRole('region', { name: 'Key figures' })

test('the numbers of the sample', async ({ page }) => {
  await signIn(page, PATH)
  await expect(page.getByText('$130K of $280K is at risk. 1 critical account holds $85K of it.')).toBeVisible()
  await expect(figures(page)).toContainText('Total ARR$280K')
  await expect(figures(page)).toContainText('Accounts3')
  const health = page.getByRole('region', { name: 'Health', exact: true })
  for (const level of ['Healthy', 'At Risk', 'Critical']) await expect(health.getByRole('row').filter({ hasText: level })).toContainText('1')
  const risk = page.getByRole('table', { name: 'Revenue at risk, largest exposure first' })
  await expect(risk.getByRole('rowheader')).toContainText(['TechStart Solutions', 'GlobalTech Europe'])
  await expect(risk.getByRole('row').nth(1)).toContainText(/\$85,000.*35.*in \d+ d.*Usage −\d+/)
})

test('a number opens its list, and Back comes back', async ({ page }) => {
  await signIn(page, PATH)
  await figures(page).getByRole('link', { name: '$130K' }).click()
  await expect(page).toHaveURL(/\/dashboard\/accounts\?criteria=/)
  const summary = page.getByRole('region', { name: 'Summary' })
  await expect(summary).toContainText('2 of 3')
  await expect(summary).toContainText('$130K')
  await expect(page.getByRole('table', { name: 'Accounts', exact: true }).getByRole('rowheader')).toHaveCount(2)
  await page.goBack()
  await expect(figures(page)).toBeVisible()
  await page.getByRole('region', { name: 'Health', exact: true }).getByRole('link', { name: 'Critical' }).click()
  await expect(page.getByRole('table', { name: 'Accounts', exact: true }).getByRole('rowheader')).toHaveCount(1)
})

test('filter, range and switches are in the address and survive a reload @long', async ({ page }) => {
  await signIn(page, PATH)
  await page.getByRole('button', { name: 'CSM, stage' }).click()
  await page.getByRole('menuitem', { name: 'Bob Builder' }).click()
  await expect(figures(page)).toContainText('Total ARR$85K')
  await page.getByRole('group', { name: 'Period' }).first().getByRole('button', { name: '30 d' }).click()
  await page.getByRole('group', { name: 'Counted by' }).getByRole('button', { name: 'Accounts' }).click()
  await page.getByRole('checkbox', { name: /^Compare with/ }).uncheck()
  await expect(page).toHaveURL(/csm=.*range=30d/)
  await page.reload()
  await expect(figures(page)).toContainText('Total ARR$85K')
  await expect(page.getByRole('img', { name: 'Health of 1: Healthy 0, At Risk 0, Critical 1, Uncertain 0, No data 0' })).toBeVisible()
  await expect(page.getByRole('checkbox', { name: /^Compare with/ })).not.toBeChecked()
  await page.getByRole('button', { name: 'Remove CSM' }).click()
  await expect(figures(page)).toContainText('Total ARR$280K')
  await page.goto(`${PATH}?range=century&csm=x&peek=nobody`)
  await expect(figures(page)).toContainText('Total ARR$280K')
})

test('the data behind a chart are a table, whose rows open @long', async ({ page }) => {
  await signIn(page, PATH)
  await page.getByRole('button', { name: 'More for Renewals' }).click()
  await page.getByRole('menuitem', { name: 'Show data' }).click()
  const data = page.getByRole('table', { name: 'Data of Renewals' })
  await expect(data.getByRole('row')).toHaveCount(4)
  const file = page.waitForEvent('download')
  await page.getByRole('button', { name: 'More for Renewals' }).click()
  await page.getByRole('menuitem', { name: 'Download CSV' }).click()
  expect((await file).suggestedFilename()).toMatch(/^renewals-.*\.csv$/)
  await data.getByRole('link', { name: 'GlobalTech Europe' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'GlobalTech Europe' })).toBeVisible()
})

test('j and k walk through the list beside the open account; Escape closes it @long', async ({ page }) => {
  await signIn(page, PATH)
  await page.getByRole('button', { name: 'Look at TechStart Solutions' }).click()
  const drawer = page.getByRole('dialog', { name: 'TechStart Solutions' })
  await expect(drawer).toContainText('35')
  await expect(drawer).toContainText('$85,000')
  await page.keyboard.press('j')
  await expect(page.getByRole('dialog', { name: 'GlobalTech Europe' })).toBeVisible()
  await page.keyboard.press('k')
  await expect(drawer).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
  await expect(page).not.toHaveURL(/peek/)
})

test.describe('one failing card', () => {
  test.use({ allow: { console: /status of 500/ } })
  test('leaves the others @long', async ({ page }) => {
    await page.route('**/rpc/growth_between', (route) => route.fulfill({ status: 500, headers: { 'X-Request-Id': 'req-9' }, json: { code: 'XX000', message: 'Something broke.', details: null, hint: null } }))
    await signIn(page, PATH)
    const growth = page.getByRole('region', { name: 'Portfolio growth' }).first()
    await expect(growth.getByRole('alert')).toContainText('Something broke.')
    await expect(growth).toContainText('req-9')
    await expect(figures(page)).toContainText('$280K')
    await page.unroute('**/rpc/growth_between')
    await growth.getByRole('button', { name: 'Try again' }).click()
    await expect(growth.getByRole('table')).toBeVisible()
  })
})

test('a change made elsewhere appears by itself @long', async ({ page, browser, baseURL }) => {
  const listening = page.waitForResponse('**/events')
  await signIn(page, PATH)
  await listening
  const other = await (await browser.newContext({ baseURL })).newPage()
  await signIn(other, PATH)
  const accounts = (await (await other.request.get('/rest/v1/accounts?select=id&name=eq.TechStart%20Solutions')).json()) as { id: string }[]
  const setArr = (arr: number) => rpc(other, 'update_account', { account_id: accounts[0]!.id, patch: { crm_attributes: { arr } } })
  try {
    await setArr(185_000)
    await expect(figures(page)).toContainText('Total ARR$380K', { timeout: 8_000 })
  } finally {
    await setArr(85_000)
  }
  await expect(figures(page)).toContainText('Total ARR$280K', { timeout: 8_000 })
  await other.context().close()
})

test('on paper it is one report without what can only be pressed', async ({ page }) => {
  await signIn(page, PATH)
  await expect(page.getByRole('region', { name: 'Portfolio growth' }).first().getByRole('table')).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden()
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden()
  await expect(figures(page)).toBeVisible()
  expect(await pagesOf(page)).toEqual(['595 842'])
})
