import { expect, signIn, test } from './fixtures'

test('every document has its own nonce and the strict policy', async ({ request }) => {
  const nonces = new Set<string>()
  for (const path of ['/login', '/dashboard/accounts']) {
    const answer = await request.get(path)
    const policy = answer.headers()['content-security-policy'] ?? ''
    const html = await answer.text()
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
    nonces.add(nonce)
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(html).toContain(`nonce="${nonce}"`)
    expect(html).not.toMatch(/__CSP_NONCE__|__CS_DEMO__/)
    expect(answer.headers()['cache-control']).toContain('no-store')
  }
  expect(nonces.size).toBe(2)
})

test('a missing asset is not the page', async ({ request }) => {
  expect((await request.get('/assets/none.js')).status()).toBe(404)
  expect((await request.get('/favicon.svg')).headers()['content-type']).toContain('image/svg+xml')
})

// the fixture fails the test on any violation; this one makes the page use everything that inserts styles
test('menus and the sheet stay within the policy', async ({ page }) => {
  await signIn(page)
  await page.getByRole('button', { name: /^User menu/ }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: 'Open navigation' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('a violation would be noticed', async ({ page }) => {
  test.fail()
  await page.goto('/login')
  await page.evaluate(() => {
    document.body.appendChild(document.createElement('style')).textContent = 'body{color:red}'
  })
})
