// What every browser test shares: a page that fails the test on any console error or policy violation, and sign-in.
import { execFileSync } from 'node:child_process'
import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, type Browser, type Page } from '@playwright/test'

export const person = { email: 'admin@acme.com', password: 'password123', name: 'Alice Administrator' }
export { expect }

// Chromium logs every 4xx as an error; a refused sign-in is one
const expected = (text: string, url: string) => /status of (401|429)/.test(text) && url.endsWith('/auth/login')

/** A gateway in front of a database that is one worker's alone. */
export type Site = { url: string; database: string; receiver: string }
const sites = JSON.parse(process.env.SITES ?? '[]') as Site[]
/** One with many accounts, for a single file of tests. */
export const crowd = JSON.parse(process.env.CROWD ?? 'null') as Site | null

/** Of the worker's gateway: what changes something must come from there. */
let origin = ''

export const test = base.extend<{ watched: void; allow: { console?: RegExp }; site: Site; sql: (statement: string) => string }>({
  // eslint-disable-next-line no-empty-pattern
  site: async ({}, use, info) => use(sites[info.parallelIndex] ?? { url: process.env.GATEWAY_URL ?? 'http://127.0.0.1:8080', database: '', receiver: '' }),
  baseURL: async ({ site }, use) => {
    origin = new URL(site.url).origin
    await use(site.url)
  },
  // as superuser, for what no member may do
  sql: async ({ site }, use) => use((statement) => execFileSync(process.env.PSQL ?? 'psql', ['-XAtq', '-v', 'ON_ERROR_STOP=1', '-d', site.database, '-c', statement], { encoding: 'utf8' }).trim()),
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

/** A new organisation, whose first administrator is signed in. */
export async function signUp(page: Page, slug: string, name: string, fullName: string) {
  const email = `${slug}@example.test`
  const answer = await page.request.post(`${origin}/auth/signup`, { data: { slug, name, email, password: person.password, full_name: fullName }, headers: { Origin: origin } })
  // a worker that begins again finds it there
  if (!answer.ok()) await logIn(page, email)
}

/** Signs in without the form, which has tests of its own. */
export async function logIn(page: Page, email = person.email, password = person.password) {
  // the page's own request, so that the cookie is its browser's
  const answer = await page.request.post(`${origin}/auth/login`, { data: { email, password }, headers: { Origin: origin } })
  expect(answer.ok(), await answer.text()).toBe(true)
}

/** Opens a page of the sample as someone who has signed in. */
export async function signIn(page: Page, path = '/dashboard/accounts') {
  await logIn(page)
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByText('TechStart Solutions').filter({ visible: true }).first()).toBeVisible()
}

/** The pages of the page on paper, each by its size in points. */
export async function pagesOf(page: Page) {
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1')
  return [...pdf.matchAll(/\/Type\s*\/Page\b[^]*?\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => `${Math.round(Number(width))} ${Math.round(Number(height))}`)
}

/** Calls a function of the database as the person of this page. */
export async function rpc<T>(page: Page, name: string, args: object): Promise<T> {
  const answer = await page.request.post(`${origin}/rest/v1/rpc/${name}`, { data: args, headers: { Origin: origin } })
  const text = await answer.text()
  expect(answer.ok(), `${name}: ${text}`).toBe(true)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

/** What axe finds on the page, once nothing moves any more. */
export async function axe(page: Page) {
  await page.evaluate(() => Promise.all(document.getAnimations().filter((a) => a.effect?.getTiming().iterations !== Infinity).map((a) => a.finished.catch(() => {}))))
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`)
}

/** A colleague with this role, invited by the person of `page`, in a browser of their own. */
export async function colleague(page: Page, browser: Browser, role: string, full_name: string) {
  const email = `${role.toLowerCase().replace(' ', '-')}-${Date.now()}@example.test`
  const { token } = await rpc<{ token: string }>(page, 'invite_member', { email, role })
  const other = await (await browser.newContext({ baseURL: origin })).newPage()
  const answer = await other.request.post(`${origin}/auth/invitations/${token}`, { data: { full_name, password: person.password }, headers: { Origin: origin } })
  expect(answer.ok(), await answer.text()).toBe(true)
  const { user_id } = (await answer.json()) as { user_id: string }
  return { page: other, user_id }
}
