// The list of accounts: sort, filter, columns, figures, files, states, keys.
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, list, axe, signIn, test } from './fixtures'

test.beforeEach(({ page }) => signIn(page))

const names = (page: Page) => list(page).getByRole('rowheader')
const ALL = ['GlobalTech Corporation', 'GlobalTech Europe', 'TechStart Solutions']

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
  await expect(names(page)).toContainText(['GlobalTech Corporation', 'TechStart Solutions', 'GlobalTech Europe'])
  await list(page).getByRole('button', { name: 'ARR' }).click()
  await expect(list(page).getByRole('columnheader', { name: 'ARR' })).toHaveAttribute('aria-sort', 'ascending')
  await expect(names(page)).toContainText(['GlobalTech Europe', 'TechStart Solutions', 'GlobalTech Corporation'])
  await page.goBack()
  await expect(list(page).getByRole('columnheader', { name: 'ARR' })).toHaveAttribute('aria-sort', 'descending')
})

test('each column sorts, the first key says so, and Shift adds a second one, by mouse and by keyboard @long', async ({ page }) => {
  await page.goto('/dashboard/accounts?cols=name,health,arr,stage,csm,status,renewal,industry,touch,external')
  for (const name of ['Health', 'ARR', 'Stage', 'CSM', 'Status', 'Renewal', 'Industry', 'Last touch', 'External id', 'Account']) {
    await list(page).getByRole('columnheader', { name: new RegExp(`^${name}`) }).getByRole('button').click()
    await expect(list(page).getByRole('columnheader', { name: new RegExp(`^${name}`) })).toHaveAttribute('aria-sort', /ascending|descending/)
    await expect(list(page).locator('th[aria-sort]')).toHaveCount(1)
    await expect(names(page)).toHaveCount(3)
  }
  await list(page).getByRole('columnheader', { name: 'Status' }).getByRole('button').click()
  await list(page).getByRole('columnheader', { name: 'ARR' }).getByRole('button').click({ modifiers: ['Shift'] })
  await expect(page).toHaveURL(/sort=status%2C-arr|sort=status,-arr/)
  await expect(list(page).getByRole('columnheader', { name: 'ARR' })).toContainText('key 2, descending')
  await list(page).getByRole('columnheader', { name: 'ARR' }).getByRole('button').focus()
  await page.keyboard.press('Shift+Enter')
  await expect(list(page).getByRole('columnheader', { name: 'ARR' })).toContainText('key 2, ascending')
  await expect(names(page)).toContainText(['GlobalTech Europe', 'TechStart Solutions', 'GlobalTech Corporation'])
})

test('what is unknown comes last in both directions @long', async ({ page, sql }) => {
  sql("update cs.accounts set crm_attributes = crm_attributes - 'contract_end_date' where name = 'GlobalTech Europe'")
  try {
    for (const sort of ['renewal', '-renewal']) {
      await page.goto(`/dashboard/accounts?sort=${sort}`)
      await expect(names(page).last()).toContainText('GlobalTech Europe')
      await expect(list(page).getByRole('row').last()).toContainText('No date')
    }
  } finally {
    sql("update cs.accounts set crm_attributes = crm_attributes || jsonb_build_object('contract_end_date', (current_date + 130)::text) where name = 'GlobalTech Europe'")
  }
})

test('the figures follow the filter, and each opens its list', async ({ page }) => {
  const summary = page.getByRole('region', { name: 'Summary' })
  await expect(summary).toContainText('$280K')
  await expect(summary).toContainText('2, $130K')
  await page.getByLabel('Filter accounts').fill('bob builder')
  await expect(summary).toContainText('1 of 3')
  await expect(summary).toContainText('$85K')
  await expect(page.getByText('1 of 3 accounts').first()).toBeVisible()
  await page.getByLabel('Clear the filter text').click()
  await summary.getByRole('link', { name: '2, $130K' }).click()
  await expect(names(page)).toContainText(['GlobalTech Europe', 'TechStart Solutions'])
  await expect(summary).toContainText('2 of 3')
  await page.goBack()
  await expect(names(page)).toHaveCount(3)
})

test('columns are chosen and moved, by keyboard too, and stay after a reload and on the next visit @long', async ({ page }) => {
  await page.getByRole('button', { name: 'Columns' }).click()
  const menu = page.getByRole('dialog', { name: 'Columns' })
  await menu.getByRole('checkbox', { name: 'Industry' }).check()
  await menu.getByRole('checkbox', { name: 'Last touch' }).uncheck()
  await expect(list(page).getByRole('columnheader', { name: 'Industry' })).toBeVisible()
  await menu.getByRole('button', { name: 'Move Industry up' }).focus()
  for (let i = 0; i < 6; i++) await page.keyboard.press('Enter')
  const heads = async () => (await list(page).getByRole('columnheader').allTextContents()).filter(Boolean).map((head) => head.split(',')[0])
  await expect.poll(heads).toEqual(['Account', 'Industry', 'Health', '12 weeks', 'ARR', 'Stage', 'Renewal', 'CSM'])
  expect(await axe(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Columns' })).toBeFocused()
  await page.reload()
  await expect.poll(heads).toEqual(['Account', 'Industry', 'Health', '12 weeks', 'ARR', 'Stage', 'Renewal', 'CSM'])
  await page.goto('/dashboard/executive')
  await page.getByRole('complementary').getByRole('link', { name: 'Accounts', exact: true }).click()
  await expect.poll(heads).toEqual(['Account', 'Industry', 'Health', '12 weeks', 'ARR', 'Stage', 'Renewal', 'CSM'])
  await page.getByRole('button', { name: 'Columns' }).click()
  await menu.getByRole('checkbox', { name: 'Industry' }).uncheck()
  await menu.getByRole('checkbox', { name: 'Last touch' }).check()
  await expect.poll(heads).toEqual(['Account', 'Health', '12 weeks', 'ARR', 'Stage', 'Renewal', 'CSM', 'Last touch'])
  await expect(page).not.toHaveURL(/cols=/)
})

test('rows are compact or comfortable, and stay so @long', async ({ page }) => {
  const height = async () => (await list(page).locator('tbody tr').first().boundingBox())!.height
  await expect.poll(height).toBeGreaterThan(43)
  await page.getByRole('button', { name: 'Compact rows' }).click()
  await expect.poll(height).toBeLessThan(38)
  await page.reload()
  await expect.poll(height).toBeLessThan(38)
  await page.getByRole('button', { name: 'Compact rows' }).press('Enter')
  await expect.poll(height).toBeGreaterThan(43)
})

async function saved(page: Page, entry: string) {
  await page.getByRole('button', { name: 'Export' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: entry }).click()
  const file = await download
  return { name: file.suggestedFilename(), text: (await readFile(await file.path(), 'utf8')).replace(/^\uFEFF/, '') }
}

test('the file is what is on screen: rows, order, columns and words; nothing in it starts a formula', async ({ page, sql }) => {
  sql(`update cs.accounts set crm_attributes = crm_attributes || '{"industry": "=cmd|calc"}' where name = 'GlobalTech Europe'`)
  try {
    await page.goto('/dashboard/accounts?sort=-arr&cols=name,arr,industry,csm,renewal,stage')
    await expect(names(page)).toHaveCount(3)
    const { name, text } = await saved(page, 'CSV, as shown')
    expect(name).toMatch(/^accounts-all-\d{4}-\d{2}-\d{2}\.csv$/)
    const rows = text.trim().split('\r\n').map((row) => row.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((cell) => cell.replace(/^"|"$/g, '')))
    expect(rows[0]).toEqual(['Account', 'ARR', 'Industry', 'CSM', 'Renewal', 'Stage, days of target'])
    const screen = await list(page).locator('tbody tr[data-row]').evaluateAll((all) => all.map((row) => [...row.querySelectorAll('th, td:not(.check-cell)')].map((cell) => (cell.querySelector('[data-name] bdi, .edit-cell > .truncate') ?? cell).textContent)))
    const bare = (cells: (string | null)[]) => cells.map((cell) => (cell ?? '').replace(/^'/, '').replace(/\s/g, ''))
    expect(rows.slice(1).map(bare)).toEqual(screen.map(bare))
    expect(text).toContain("'=cmd|calc")
    const raw = (await saved(page, 'CSV, raw values')).text
    expect(raw.split('\r\n')[0]).toBe('name,arr,industry,csm,renewal,stage')
    expect(raw).toContain('GlobalTech Corporation,150000,')
  } finally {
    sql(`update cs.accounts set crm_attributes = crm_attributes || '{"industry": "Technology"}' where name = 'GlobalTech Europe'`)
  }
})

test('no match says what was looked for, and Clear brings all back @long', async ({ page }) => {
  await page.getByLabel('Filter accounts').fill('zebra')
  await expect(page.getByText('Nothing matches “zebra”.')).toBeVisible()
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(names(page)).toHaveCount(3)
  await expect(page.getByLabel('Filter accounts')).toHaveValue('')
})

test('a broken address opens the plain list @long', async ({ page }) => {
  await page.goto('/dashboard/accounts?sort=password&level=Fine&cols=none,such&layout=ring&view=gone&x=1')
  await expect(names(page)).toContainText(ALL)
  await page.goto('/dashboard/nothing-here')
  await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible()
})

test('the first Tab offers to skip to the content @long', async ({ page }) => {
  await page.reload()
  await expect(names(page)).toHaveCount(3)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
})

test('the theme is kept @long', async ({ page }) => {
  await page.getByRole('button', { name: /^Theme/ }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await page.reload()
  await expect(page.locator('html')).toHaveClass(/dark/)
})

test('an account is looked at by Space, by its button and by its address; j and k walk on, Escape closes @long', async ({ page }) => {
  await page.keyboard.press('j')
  await expect(list(page).getByRole('link', { name: 'GlobalTech Corporation', exact: true })).toBeFocused()
  await page.keyboard.press('j')
  await page.keyboard.press('Space')
  const drawer = page.getByRole('dialog', { name: 'GlobalTech Europe' })
  await expect(drawer).toContainText('$45,000')
  await expect(page).toHaveURL(/peek=/)
  expect(await axe(page)).toEqual([])
  await page.keyboard.press('j')
  await expect(page.getByRole('dialog', { name: 'TechStart Solutions' })).toContainText('$85,000')
  await page.reload()
  await expect(page.getByRole('dialog', { name: 'TechStart Solutions' })).toContainText('$85,000')
  await page.keyboard.press('k')
  await expect(drawer).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
  await expect(page).not.toHaveURL(/peek=/)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toContainText('Select the row')
})

test.describe('when the list cannot be loaded', () => {
  test.use({ allow: { console: /status of 500/ } })
  test('the message, the request and Retry are there; later the old rows stay @long', async ({ page }) => {
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
    await expect(names(page)).toHaveCount(3)
    await fail()
    await page.getByRole('button', { name: 'Refresh' }).click()
    await expect(page.getByRole('alert')).toContainText('Something broke.')
    await expect(names(page)).toHaveCount(3)
  })
})

test('an empty portfolio is explained @long', async ({ page }) => {
  const none = { accounts: 0, arr: 0 }
  const summary = { ...none, at_risk: none, renewing: none, at_risk_renewing: none }
  await page.route('**/rest/v1/**', (route) => route.fulfill({ json: route.request().url().includes('_preferences') ? {} : [] }))
  await page.route('**/rpc/search_accounts', (route) => route.fulfill({ json: { rows: [], next: null, total: 0, summary } }))
  await page.reload()
  await expect(page.getByRole('heading', { name: 'No accounts yet' })).toBeVisible()
  await expect(page.getByRole('main').getByRole('button', { name: 'Import' })).not.toHaveCount(0)
})

test('further pages come by themselves, while the figures are those of all @long', async ({ page }) => {
  const asked: string[] = []
  await page.route('**/rpc/search_accounts', (route) => {
    const body = route.request().postDataJSON() as { page_size: number }
    const small = { ...body, page_size: Math.min(body.page_size, 2) }
    if (body.page_size > 1) asked.push(JSON.stringify(small))
    return route.continue({ postData: JSON.stringify(small) })
  })
  await page.reload()
  await expect(names(page)).toContainText(ALL)
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('$280K')
  await expect(list(page)).toHaveAttribute('aria-rowcount', '4')
  expect(asked.at(-1)).toContain('"after":"')
})

test('320 px wide, nothing scrolls sideways and the rows are cards', async ({ page }) => {
  const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  await page.setViewportSize({ width: 320, height: 640 })
  await expect(page.getByRole('listitem').filter({ hasText: '$85,000' })).toBeVisible()
  expect(await sideways()).toBe(0)
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'Field' })).toBeVisible()
  expect(await sideways()).toBe(0)
  expect(await axe(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Open navigation' }).click()
  await page.getByRole('dialog').getByRole('link', { name: 'Accounts' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.context().clearCookies()
  await page.goto('/login?reason=out')
  await expect(page.getByLabel('E-mail')).toBeVisible()
  expect(await sideways()).toBe(0)
})

test('a change made elsewhere appears by itself, and the list keeps what it shows', async ({ page }) => {
  await page.goto('/dashboard/accounts?cols=name,industry')
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
    await expect(names(page)).toHaveCount(3)
    // while rows are looked at nothing moves: the change waits
    await list(page).getByRole('button', { name: 'Look at TechStart Solutions' }).click()
    await expect(page.getByRole('dialog', { name: 'TechStart Solutions' })).toBeVisible()
    expect(await setIndustry('Ceramics')).toBe(200)
    await page.getByRole('button', { name: /change.?, show/ }).click()
    await expect(row).toContainText('Ceramics')
  } finally {
    await setIndustry('Software')
  }
})
