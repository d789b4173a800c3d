// What every browser test shares: a page that fails the test on any console error or policy violation, and sign-in.
import { test as base, expect, type Page } from '@playwright/test'

export const person = { email: 'admin@acme.com', password: 'password123', name: 'Alice Administrator' }
export { expect }

// Chromium logs every 4xx as an error; a refused sign-in is one
const expected = (text: string, url: string) => /status of (401|429)/.test(text) && url.endsWith('/auth/login')

export const test = base.extend<{ watched: void; allow: { console?: RegExp } }>({
  // a test that provokes an error names it here
  allow: [{}, { option: true }],
  watched: [
    async ({ page, allow }, use) => {
      const problems: string[] = []
      page.on('console', (message) => {
        if (!['error', 'warning'].includes(message.type())) return
        const text = message.text()
        if (!expected(text, message.location().url) && !allow.console?.test(text)) problems.push(`${message.type()}: ${text}`)
      })
      page.on('pageerror', (error) => problems.push(`page: ${error.message}`))
      await page.exposeFunction('reportViolation', (what: string) => problems.push(`policy: ${what}`))
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (e) => {
          const { reportViolation } = window as unknown as { reportViolation: (what: string) => void }
          reportViolation(`${e.violatedDirective} ${e.blockedURI}`)
        })
      })
      await use()
      expect(problems).toEqual([])
    },
    { auto: true },
  ],
})

/** the list's own table; the legend of the ring is a table, too */
export const list = (page: Page) => page.getByRole('table', { name: 'Accounts', exact: true })

export async function fillIn(page: Page, password = person.password) {
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Opens a page as someone who is not signed in yet, and signs in there. */
export async function signIn(page: Page, path = '/dashboard/accounts') {
  await page.goto(path)
  await fillIn(page)
  await expect(page).toHaveURL(new RegExp(new URL(path, 'http://x').pathname.replaceAll('/', '\\/')))
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByText('TechStart Solutions').first()).toBeVisible()
}

/** Calls a function of the database as the person of this page. */
export async function rpc<T>(page: Page, name: string, args: object): Promise<T> {
  const { origin } = new URL(page.url())
  const answer = await page.request.post(`${origin}/rest/v1/rpc/${name}`, { data: args, headers: { Origin: origin } })
  expect(answer.ok(), `${name}: ${await answer.text()}`).toBe(true)
  return (await answer.json()) as T
}
