// What is around every page: palette, keys, tasks, preferences, the person's own settings.
import { expect, person, rpc, signIn, test } from './fixtures'

const PATH = '/dashboard/executive'
const palette = (page: import('@playwright/test').Page) => page.getByRole('dialog', { name: 'Search or jump to' })

test('the palette finds an account by two letters and opens it; it opens clean the next time', async ({ page }) => {
  await signIn(page, PATH)
  await page.keyboard.press('Control+k')
  await palette(page).getByRole('combobox').fill('te')
  await expect(palette(page).getByRole('option', { name: /TechStart Solutions/ })).toBeVisible({ timeout: 2_000 })
  await page.keyboard.type('chstart')
  await expect(palette(page).getByRole('option').first()).toContainText('TechStart Solutions')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'TechStart Solutions' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(palette(page).getByRole('combobox')).toHaveValue('')
  await expect(palette(page).getByRole('option').first()).toContainText('TechStart Solutions')
})

test('people, stages, actions and pages have their signs; settings are a second step @long', async ({ page }) => {
  await signIn(page, PATH)
  await page.keyboard.press('Control+k')
  const input = palette(page).getByRole('combobox')
  await input.fill('@bob')
  await palette(page).getByRole('option', { name: /Bob Builder/ }).click()
  await expect(page).toHaveURL(/accounts\?criteria=/)
  await expect(page.getByRole('table', { name: 'Accounts', exact: true }).getByRole('rowheader')).toHaveCount(1)
  await page.keyboard.press('Control+k')
  await input.fill('>theme')
  await page.keyboard.press('Enter')
  await expect(palette(page).getByRole('option')).toHaveText(['Light', 'Dark', 'Same as system'])
  await page.keyboard.press('Backspace')
  await expect(palette(page).getByRole('option').nth(3)).toBeVisible()
  await input.fill('>theme')
  await page.keyboard.press('Enter')
  await palette(page).getByRole('option', { name: 'Dark' }).click()
  await expect(page.locator('html')).toHaveClass(/dark/)
  await page.keyboard.press('Control+k')
  await input.fill('zzzz')
  await expect(palette(page).getByText('No results for zzzz')).toBeVisible()
  await palette(page).getByRole('button', { name: 'Search all accounts for zzzz' }).click()
  await expect(page).toHaveURL(/q=zzzz/)
})

test('keys lead to pages; help lists them; single letters can be switched off @long', async ({ page }) => {
  await signIn(page, PATH)
  // Before the page is there nobody listens.
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await expect(page).toHaveURL(/\/dashboard\/accounts/)
  await expect(page.getByRole('heading', { level: 1, name: 'Accounts' })).toBeFocused()
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(help).toContainText('Executive')
  await help.getByRole('switch').uncheck()
  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await page.keyboard.press('e')
  await expect(page).toHaveURL(/\/dashboard\/accounts/)
  await page.keyboard.press('Control+k')
  await expect(palette(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await rpc(page, 'save_preferences', { change: { pages: null } })
})

test('density is kept with the person, in another browser too @long', async ({ page, browser, baseURL }) => {
  await signIn(page, PATH)
  const kept = page.waitForResponse('**/rpc/save_preferences')
  await page.getByRole('button', { name: /^User menu/ }).click()
  await page.getByRole('menuitemradio', { name: 'Compact' }).click()
  await kept
  const other = await (await browser.newContext({ baseURL })).newPage()
  await signIn(other, PATH)
  await expect(other.locator('html')).toHaveAttribute('data-density', 'compact')
  await rpc(page, 'save_preferences', { change: { pages: null } })
  await other.context().close()
})

test('my tasks: ticked off with a way back, written when that time is over', async ({ page }) => {
  await signIn(page, PATH)
  const accounts = (await (await page.request.get('/rest/v1/accounts?select=id&limit=1')).json()) as { id: string }[]
  const me = (await (await page.request.get('/auth/me')).json()) as { user_id: string }
  const body = `Write the report ${Date.now()}`
  const task = await rpc<{ id: string }>(page, 'log_activity', { account_id: accounts[0]!.id, kind: 'task', body, at: new Date(Date.now() - 86_400_000).toISOString(), assigned_to: me.user_id })
  await page.getByRole('button', { name: /open task.*1 overdue/ }).click({ timeout: 10_000 })
  const drawer = page.getByRole('dialog', { name: 'My tasks' })
  await drawer.getByRole('checkbox', { name: `Done: ${body}` }).click()
  await expect(drawer.getByText(body)).toBeHidden()
  await page.getByRole('button', { name: /^Undo/ }).click()
  await expect(drawer.getByText(body)).toBeVisible()
  await drawer.getByRole('checkbox', { name: `Done: ${body}` }).click()
  const written = page.waitForResponse('**/rpc/complete_task', { timeout: 12_000 })
  expect((await written).ok()).toBe(true)
  const [row] = (await (await page.request.get(`/rest/v1/activities?id=eq.${task.id}&select=done_at`)).json()) as { done_at: string | null }[]
  expect(row!.done_at).not.toBeNull()
})

test('a token is shown once and ended @long', async ({ page }) => {
  await signIn(page, PATH)
  await page.goto('/dashboard/me')
  await page.getByRole('button', { name: 'Make a token' }).click()
  const dialog = page.getByRole('dialog', { name: 'Make a token' })
  await dialog.getByRole('button', { name: 'Make a token' }).click()
  await expect(dialog.getByText('Enter a name.')).toBeVisible()
  const name = `robot ${Date.now()}`
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: 'Make a token' }).click()
  await expect(dialog.getByText(/^cs_/)).toBeVisible()
  await dialog.getByRole('button', { name: 'I have copied it' }).click()
  await expect(page.getByText(/^cs_/)).toHaveCount(0)
  await page.getByRole('button', { name: `End ${name}` }).click()
  await page.getByRole('dialog', { name: `End the token ${name}?` }).getByRole('button', { name: 'End the token' }).click()
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('Ended on')
})

test.describe('a wrong current password', () => {
  test.use({ allow: { console: /status of 400/ } })
  test('is said at its field @long', async ({ page }) => {
    await signIn(page, PATH)
    await page.goto('/dashboard/me')
    await page.getByLabel('Current password').fill('not it')
    await page.getByLabel('New password').fill(`${person.password} and more`)
    await page.getByRole('button', { name: 'Change password' }).click()
    await expect(page.getByText('The current password is wrong.')).toBeVisible()
    await expect(page.getByLabel('Current password')).toHaveAttribute('aria-invalid', 'true')
  })
})

test('320 px wide no page scrolls sideways', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 })
  await signIn(page, PATH)
  for (const path of [PATH, '/dashboard/me', '/dashboard/parts', '/signup', '/forgotten']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.waitForTimeout(600)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), path).toBe(0)
  }
})
