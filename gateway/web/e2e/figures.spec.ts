// Every number of the executive page is that of the list it opens: over random segments, as a Tenant Admin and as a Contributor,
// who sees only a part.
import type { Page } from '@playwright/test'
import { crowd, expect, logIn, pagesOf, person, rpc, test as base } from './fixtures'

const PATH = '/dashboard/executive'
const CONTRIBUTOR = 'cora@acme.com'
const isLong = Boolean(process.env.CS_LONG)

const test = base.extend({
  // eslint-disable-next-line no-empty-pattern
  site: async ({}, use) => {
    base.skip(crowd === null, 'needs a site with many accounts')
    await use(crowd!)
  },
})

type Figure = { accounts: number; arr: number; list: object | null }
type Found = { summary: Figure }

const one = <T>(all: readonly T[]) => all[Math.floor(Math.random() * all.length)]!
const some = <T>(all: readonly T[]) => all.filter(() => Math.random() < 0.5)

test.beforeEach(({ sql }) => {
  // a third of the accounts are hers; paused, lost and uncertain ones are among them
  sql(`insert into cs.users (email, encrypted_password, email_verified_at, password_changed_at)
         select '${CONTRIBUTOR}', encrypted_password, now(), now() from cs.users where email = '${person.email}' on conflict do nothing;
       insert into cs.profiles (tenant_id, user_id, full_name, role)
         select tenant.id, person.id, 'Cora Contributor', 'Contributor' from cs.tenants as tenant, cs.users as person
         where tenant.slug = 'acme' and person.email = '${CONTRIBUTOR}' on conflict do nothing;
       update cs.accounts set csm_id = (select id from cs.users where email = '${CONTRIBUTOR}') where ascii(id::text) % 3 = 0`)
})

/** Criteria that nobody thought of. */
async function randomCriteria(page: Page): Promise<object> {
  const { people, stages } = await choices(page)
  const condition = () =>
    one([
      () => ({ field: 'csm', op: 'eq', value: one(people) }),
      () => ({ field: 'stage', op: 'in', value: [one(stages), ...some(stages)] }),
      () => ({ field: 'arr', op: one(['gte', 'lt']), value: one([0, 1000, 20_000, 50_000]) }),
      () => ({ field: 'status', op: one(['eq', 'ne']), value: one(['Active', 'Paused', 'Churned']) }),
      () => ({ field: 'days_to_renewal', op: 'between', value: one([[-30, 30], [0, 90], [60, 400]]) }),
      () => ({ field: 'health_band', op: 'in', value: [one(['Healthy', 'Uncertain']), one(['At Risk', 'Critical', 'No data', 'Paused'])] }),
    ])()
  const parts = Array.from({ length: one([1, 2, 3]) }, condition)
  return one([() => ({ all: parts }), () => ({ any: parts }), () => ({ all: [{ not: parts[0] }, ...parts.slice(1)] })])()
}

async function choices(page: Page) {
  const read = async (path: string, key: string) => ((await (await page.request.get(path)).json()) as Record<string, string>[]).map((row) => row[key]!)
  return { people: await read('/rest/v1/profiles?select=user_id', 'user_id'), stages: await read('/rest/v1/journey_stages?select=id', 'id') }
}

/** Everything in an answer that has a list, and its number. */
function figuresIn(value: unknown): Figure[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.values(value).flatMap(figuresIn)
  return 'list' in value && 'arr' in value && 'accounts' in value ? [value as Figure, ...inner] : inner
}

const behind = async (page: Page, criteria: unknown) => (await rpc<Found>(page, 'search_accounts', { criteria, page_size: 1 })).summary

for (const [role, email] of [['Tenant Admin', person.email], ['Contributor', CONTRIBUTOR]] as const) {
  test(`every figure of the answer, as ${role}`, async ({ page }) => {
    await logIn(page, email)
    let seen = 0
    for (let round = 0; round < (isLong ? 25 : 4); round++) {
      const criteria = round === 0 ? null : await randomCriteria(page)
      const figures = figuresIn(await rpc(page, 'executive_dashboard', { criteria }))
      expect(figures.length).toBeGreaterThanOrEqual(15)
      for (const figure of figures) {
        const { accounts, arr } = await behind(page, figure.list)
        expect([accounts, arr], `${JSON.stringify(criteria)}: ${JSON.stringify(figure)}`).toEqual([figure.accounts, figure.arr])
        seen += accounts
      }
    }
    expect(seen).toBeGreaterThan(50)
  })

  test(`every number on the page, as ${role}${role === 'Contributor' ? ' @long' : ''}`, async ({ page }) => {
    test.slow(isLong)
    await logIn(page, email)
    const { people, stages } = await choices(page)
    const addresses = [PATH, `${PATH}?status=all`, `${PATH}?csm=${one(people)}&range=30d`, `${PATH}?stage=${one(stages)}&status=all&by=accounts`, `${PATH}?csm=none&mean=true`]
    for (const address of isLong ? addresses : [PATH, one(addresses.slice(1))]) {
      await page.goto(address)
      await expect(page.getByRole('region', { name: 'Portfolio growth' }).first()).toContainText(/Per week|No account changed/)
      await expect(page.getByRole('region', { name: 'Team' }).first()).toContainText('Last touch')
      const links = await page.locator('main a[href*="/dashboard/accounts"]').evaluateAll((all) => all.map((link) => ({ text: (link as HTMLElement).innerText.trim(), href: link.getAttribute('href')! })))
      const numbers = links.filter(({ text }) => /^\$?[\d,.]+[KM]?( |$)/.test(text) && !/^\d+\.\d$/.test(text))
      expect(numbers.length, address).toBeGreaterThan(6)
      for (const { text, href } of numbers) {
        const given = new URL(href, page.url()).searchParams.get('criteria')
        const { accounts, arr } = await behind(page, given === null ? null : JSON.parse(given))
        const short = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', notation: 'compact', maximumSignificantDigits: 3 }).format(arr)
        expect(text.split(' ')[0], `${address}: ${text} opens ${given}`).toBe(text.startsWith('$') ? short : accounts.toLocaleString('en-US'))
      }
    }
  })
}

test('the report of many accounts is one page of A4 @long', async ({ page }) => {
  await logIn(page)
  await page.goto(PATH)
  await expect(page.locator('#portfolio-growth table')).toBeVisible()
  await expect(page.locator('#renewals svg.recharts-surface')).toBeVisible()
  await expect(page.locator('#health-trend svg.recharts-surface')).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  expect(await pagesOf(page)).toEqual(['595 842'])
})
