import { expect, fillIn, list, person, signIn, test } from './fixtures'

test('the right password lands on the executive page, and asking who I am before is no error', async ({ page }) => {
  const asked = page.waitForResponse('**/auth/session')
  await page.goto('/')
  expect((await asked).status()).toBe(200)
  await expect(page).toHaveURL(/\/login/)
  await expect(page).toHaveTitle('Sign in - Customer Success')
  await fillIn(page)
  await expect(page).toHaveURL(/\/dashboard\/executive$/)
  await expect(page).toHaveTitle('Executive - Acme Corporation')
  await expect(page.getByRole('heading', { level: 1, name: 'Executive' })).toBeVisible()
})

test('a password manager finds its fields, and the forgotten password has its way @long', async ({ page }) => {
  await page.goto('/login')
  await expect(page.getByLabel('E-mail')).toHaveAttribute('autocomplete', 'username')
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('autocomplete', 'current-password')
  await page.getByRole('link', { name: 'Forgotten?' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Forgotten password' })).toBeVisible()
  await page.getByRole('link', { name: 'Back to sign-in' }).click()
  await expect(page).toHaveURL(/\/login$/)
})

test("a wrong password is refused with the server's message", async ({ page }) => {
  await page.goto('/login')
  const answer = page.waitForResponse('**/auth/login')
  await fillIn(page, 'not the password')
  const { message } = (await (await answer).json()) as { message: string }
  const alert = page.getByRole('alert')
  await expect(alert).toHaveText(message)
  await expect(alert).toBeFocused()
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('not the password')
  await expect(page).toHaveURL(/\/login/)
})

test('an unknown person gets the same message as a wrong password @long', async ({ page }) => {
  const messages: string[] = []
  for (const email of ['bob@acme.com', 'nobody@acme.com']) {
    await page.goto('/login')
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password', { exact: true }).fill('wrong')
    await page.keyboard.press('Enter')
    messages.push(await page.getByRole('alert').innerText())
  }
  expect(messages[0]).toBe(messages[1])
})

test('a deep link survives sign-in', async ({ page }) => {
  await page.goto('/dashboard/accounts?sort=-arr&q=tech')
  await expect(page).toHaveURL(/\/login\?.*next=/)
  await expect(page.getByText('Sign in to open this page.')).toBeVisible()
  await fillIn(page)
  await expect(page).toHaveURL(/\/dashboard\/accounts\?sort=-arr&q=tech$/)
  await expect(page.getByLabel('Filter accounts')).toHaveValue('tech')
})

for (const next of ['//evil', '/%5Cevil', 'https://evil/x', '/%09/evil']) {
  test(`next=${next} is ignored`, async ({ page, baseURL }) => {
    await page.goto(`/login?next=${next}`)
    await fillIn(page)
    await expect(page.getByText('TechStart Solutions').filter({ visible: true }).first()).toBeVisible()
    expect(page.url()).toBe(`${new URL(baseURL!).origin}/dashboard/executive`)
  })
}

test('anyone already signed in is sent on @long', async ({ page }) => {
  await signIn(page)
  await page.goto('/login?next=/dashboard/accounts?sort=-arr')
  await expect(page).toHaveURL(/\/dashboard\/accounts\?sort=-arr$/)
  await page.goto('/')
  await expect(page).toHaveURL(/\/dashboard\/executive$/)
})

test('signing out ends the session', async ({ page, context }) => {
  await signIn(page)
  const cookies = await context.cookies()
  await page.getByRole('button', { name: `User menu: ${person.name}` }).click()
  await expect(page.getByRole('menu')).toContainText('Tenant Admin')
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByText('You are signed out.')).toBeVisible()
  // the old cookie, put back by hand, no longer opens anything
  await context.addCookies(cookies)
  expect((await page.request.get('/auth/me')).status()).toBe(401)
  await page.goto('/dashboard/accounts')
  await expect(page).toHaveURL(/\/login/)
})

test.describe('a session that ended while working', () => {
  test.use({ allow: { console: /status of 401/ } })
  test('asks for the password in front of the page, which stays as it was', async ({ page, context }) => {
    await signIn(page, '/dashboard/accounts?level=Critical')
    await page.getByLabel('Filter accounts').fill('tech')
    await expect(page).toHaveURL(/q=tech/)
    await context.clearCookies()
    await page.getByRole('button', { name: 'Refresh' }).click()
    const dialog = page.getByRole('dialog', { name: 'Your session ended' })
    await expect(dialog).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(dialog).toBeVisible()
    await dialog.getByLabel('Password', { exact: true }).fill('wrong')
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('alert')).toBeFocused()
    await dialog.getByLabel('Password', { exact: true }).fill(person.password)
    await page.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(page.getByLabel('Filter accounts')).toHaveValue('tech')
    await expect(page).toHaveURL(/level=Critical/)
    await expect(list(page).getByRole('rowheader')).toHaveCount(1)
  })
})

test.describe('a gateway that cannot be reached', () => {
  test.use({ allow: { console: /Failed to load resource|ApiError/ } })
  test('gets a full page, which comes back by itself @long', async ({ page }) => {
    await page.goto('/login')
    await page.route('**/auth/login', (route) => route.abort())
    await page.route('**/ready', (route) => route.abort())
    await fillIn(page)
    await expect(page.getByRole('heading', { level: 1, name: 'Cannot reach the server' })).toBeVisible()
    await expect(page.getByText(/Trying again in \d s/)).toBeVisible()
    await page.unroute('**/ready')
    await page.unroute('**/auth/login')
    await expect(page.getByLabel('E-mail')).toBeVisible({ timeout: 15_000 })
  })
})

test('too many attempts count down @long', async ({ page }) => {
  await page.route('**/auth/login', (route) =>
    route.fulfill({ status: 429, headers: { 'Retry-After': '3' }, json: { code: '54000', message: 'Too many attempts', details: null, hint: null } }),
  )
  await page.goto('/login')
  await fillIn(page)
  await expect(page.getByText('Too many attempts. Try again in 3 s.').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Sign in' })).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByRole('button', { name: 'Sign in' })).not.toHaveAttribute('aria-disabled', 'true', { timeout: 6_000 })
})
