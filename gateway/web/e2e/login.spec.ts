import { expect, fillIn, list, person, signIn, test } from './fixtures'

test('the right password lands on the accounts', async ({ page }) => {
  await page.goto('/')
  await expect(page).toHaveURL(/\/login/)
  await expect(page).toHaveTitle('Sign in - Customer Success')
  await fillIn(page)
  await expect(page).toHaveURL(/\/dashboard\/accounts$/)
  await expect(page).toHaveTitle('Accounts - Acme Corporation')
  for (const [name, score, arr] of [
    ['GlobalTech Corporation', '85', '$150,000'],
    ['GlobalTech Europe', '72', '$45,000'],
    ['TechStart Solutions', '35', '$85,000'],
  ] as const) {
    const row = list(page).getByRole('row').filter({ has: page.getByRole('rowheader', { name: new RegExp(`^${name}`) }) })
    await expect(row).toContainText(score)
    await expect(row).toContainText(arr)
  }
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

test('an unknown person gets the same message as a wrong password', async ({ page }) => {
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
    await expect(page.getByText('TechStart Solutions')).toBeVisible()
    expect(page.url()).toBe(`${new URL(baseURL!).origin}/dashboard/accounts`)
  })
}

test('anyone already signed in is sent on', async ({ page }) => {
  await signIn(page)
  await page.goto('/login?next=/dashboard/accounts?sort=-arr')
  await expect(page).toHaveURL(/\/dashboard\/accounts\?sort=-arr$/)
  await page.goto('/')
  await expect(page).toHaveURL(/\/dashboard\/accounts$/)
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

test.describe('a session that ended', () => {
  test.use({ allow: { console: /status of 401/ } })
  test('leads to sign-in, says why, and comes back to the same view', async ({ page, context }) => {
    await signIn(page, '/dashboard/accounts?level=Critical')
    await context.clearCookies()
    await page.getByRole('button', { name: 'Refresh' }).click()
    await expect(page.getByText('Your session ended.')).toBeVisible()
    await fillIn(page)
    await expect(page).toHaveURL(/\/dashboard\/accounts\?level=Critical$/)
  })
})

test.describe('a gateway that cannot be reached', () => {
  test.use({ allow: { console: /Failed to load resource|ApiError/ } })
  test('gets a full page, which comes back by itself', async ({ page }) => {
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

test('too many attempts count down', async ({ page }) => {
  await page.route('**/auth/login', (route) =>
    route.fulfill({ status: 429, headers: { 'Retry-After': '3' }, json: { code: '54000', message: 'Too many attempts', details: null, hint: null } }),
  )
  await page.goto('/login')
  await fillIn(page)
  await expect(page.getByText('Too many attempts. Try again in 3 s.').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Sign in' })).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByRole('button', { name: 'Sign in' })).toHaveAttribute('aria-disabled', 'false', { timeout: 6_000 })
})
