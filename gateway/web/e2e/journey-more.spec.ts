// The journey board, what takes longer: several cards at once, long columns, lanes, filters in the address, the velocity of SQL.
import { readFileSync } from 'node:fs'
import { axe, colleague, crowd, expect, logIn, test } from './fixtures'
import { account, card, cardIn, column, drag, enter, grip, menu, open, slug } from './board'

test.use({ viewport: { width: 1600, height: 900 } })

test.describe('several', () => {
  test.use({ allow: { console: /status of 422/ } })

  test('selected cards move together, those that are held ask one after the other, all are taken back @long', async ({ page }) => {
    await enter(page)
    for (const name of ['Several A', 'Several B', 'Several C']) await account(page, name, 'Onboarding', { arr: 1_000 })
    await account(page, 'Several Held', 'Adoption', { arr: 500 })
    await open(page, 'Several')
    await page.getByRole('link', { name: 'Several A' }).focus()
    await page.keyboard.press('x')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('x')
    const bar = page.getByRole('region', { name: 'Selection' })
    await expect(bar).toContainText('2 selected')
    await expect(bar).toContainText('$2K')
    await card(page, 'Several C').click({ modifiers: ['Control'], position: { x: 120, y: 45 } })
    await page.getByRole('checkbox', { name: 'Select Several Held' }).check()
    await expect(bar).toContainText('4 selected')
    expect(await axe(page)).toEqual([])
    await drag(page, 'Several B', 'Value Realization')
    const gate = page.getByRole('dialog', { name: '2 milestones are open in Adoption' })
    await expect(gate).toBeVisible()
    await gate.getByRole('button', { name: 'Cancel' }).click()
    await expect(column(page, 'Value Realization').locator('li[data-card]')).toHaveCount(3)
    await expect(cardIn(page, 'Adoption', 'Several Held')).toBeVisible()
    await page.getByRole('button', { name: /^Undo/ }).click()
    await expect(column(page, 'Onboarding').locator('li[data-card]')).toHaveCount(3)
    await expect(page.getByText('3 accounts are back where they were').first()).toBeVisible()
  })
})

test('a column of 500 is shown by and by, and its cards still move @long', async ({ page, sql }) => {
  test.slow()
  await enter(page)
  sql(`insert into cs.accounts (tenant_id, name, current_stage, crm_attributes)
         select id, 'Mass ' || to_char(n, 'FM000'), 'Onboarding', jsonb_build_object('arr', n) from cs.tenants, generate_series(1, 500) as n where slug = '${slug()}'`)
  await open(page, 'Mass', '&sort=name')
  await expect(column(page, 'Onboarding').locator('header')).toContainText('500')
  const cards = column(page, 'Onboarding').locator('li[data-card]')
  for (let shown = 50; shown < 500; shown += 50) {
    await expect(cards).toHaveCount(shown)
    await column(page, 'Onboarding').getByRole('button', { name: 'Show 50 more' }).click()
  }
  await expect(cards).toHaveCount(500)
  await grip(page, 'Mass 450').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await expect(cardIn(page, 'Adoption', 'Mass 450')).toBeVisible()
  await expect(grip(page, 'Mass 450')).toBeFocused()
  await expect(cards).toHaveCount(499)
  sql(`update cs.accounts set parent_id = null where name like 'Mass %'; delete from cs.accounts where name like 'Mass %' and tenant_id = (select id from cs.tenants where slug = '${slug()}')`)
})

test('filters, order, lanes and what cards show are in the address and survive a reload @long', async ({ page }) => {
  await enter(page)
  await account(page, 'Address Rich', 'Onboarding', { arr: 900_000 })
  await account(page, 'Address Poor', 'Onboarding', { arr: 1_000 })
  await open(page, 'Address')
  await page.getByRole('button', { name: /^Order/ }).click()
  await page.getByRole('menuitemradio', { name: 'Highest ARR first' }).click()
  await expect(column(page, 'Onboarding').locator('li[data-card]').first()).toContainText('Address Rich')
  await page.getByRole('button', { name: 'Display' }).click()
  await page.getByRole('checkbox', { name: 'Time in stage' }).uncheck()
  await page.getByRole('checkbox', { name: 'Side stages' }).uncheck()
  await expect(column(page, 'At Risk')).toHaveCount(0)
  await expect(card(page, 'Address Rich')).not.toContainText('of 30 d')
  expect(await axe(page)).toEqual([])
  await page.getByRole('group', { name: 'Lanes' }).getByRole('button', { name: 'CSM' }).click()
  await page.keyboard.press('Escape')
  const lane = page.getByRole('region', { name: 'No CSM' })
  await expect(lane.locator('li[data-card]')).toHaveCount(2)
  expect(await axe(page)).toEqual([])
  await page.reload()
  await expect(lane.locator('li[data-card]').first()).toContainText('Address Rich')
  await menu(page, 'Address Poor').press('Enter')
  await page.getByRole('menuitem', { name: 'Adoption' }).press('Enter')
  await expect(page.getByText('Address Poor moved from Onboarding to Adoption').first()).toBeVisible()
  await expect(menu(page, 'Address Poor')).toBeFocused()
  await page.getByRole('group', { name: 'Whose accounts' }).getByRole('button', { name: 'Mine' }).click()
  await expect(page.getByText('No account matches these filters.')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page).not.toHaveURL(/q=|mine=/)
  await page.goto('/dashboard/journey?sort=nonsense&lanes=7&folded=x&q=Address')
  await expect(card(page, 'Address Rich')).toBeVisible()
})

test('a folded column is a strip that still takes cards @long', async ({ page }) => {
  await enter(page)
  await account(page, 'Folded Mills', 'Onboarding')
  await open(page, 'Folded')
  await page.getByRole('button', { name: 'Fold Adoption' }).click()
  await expect(page.getByRole('button', { name: 'Unfold Adoption' })).toBeVisible()
  await drag(page, 'Folded Mills', 'Adoption')
  await expect(page.getByText('Folded Mills moved from Onboarding to Adoption').first()).toBeVisible()
  await page.getByRole('button', { name: 'Unfold Adoption' }).press('Enter')
  await expect(cardIn(page, 'Adoption', 'Folded Mills')).toBeVisible()
})

test('the velocity is that of SQL, in the table and in the file @long', async ({ page }) => {
  await logIn(page)
  await page.goto('/dashboard/journey?period=all')
  const rows = (await (await page.request.get('/rest/v1/stage_velocity?select=stage,median_days,completed,entered,open_now,over_target&order=display_order')).json()) as Record<string, number | string | null>[]
  const panel = page.locator('#velocity')
  await expect(panel.getByRole('row')).toHaveCount(rows.length + 1)
  for (const row of rows) {
    const cells = panel.getByRole('row').filter({ has: page.getByRole('rowheader', { name: String(row.stage), exact: true }) }).getByRole('cell')
    await expect(cells.nth(1)).toHaveText(row.median_days === null ? 'None' : String(Math.round(Number(row.median_days))))
    await expect(cells.nth(7)).toHaveText(String(row.entered))
    await expect(cells.nth(8)).toHaveText(String(row.completed))
  }
  const waiting = page.waitForEvent('download')
  await panel.getByRole('button', { name: 'CSV' }).click()
  const file = readFileSync(await (await waiting).path(), 'utf8')
  expect(file.split('\r\n')[0]).toContain('Stage,Target,Median,Average,p90')
  for (const row of rows) expect(file).toContain(String(row.stage))
  const first = panel.getByRole('link').first()
  const count = Number(await first.textContent())
  await first.click()
  await expect(page.getByRole('table', { name: 'Accounts', exact: true }).getByRole('rowheader')).toHaveCount(count)
})

test.describe('a viewer', () => {
  test.use({ allow: { console: /status of 403/ } })

  test('sees the board, and moves nothing @long', async ({ page, browser }) => {
    await enter(page)
    const id = await account(page, 'Viewed Works', 'Onboarding')
    const other = await colleague(page, browser, 'Viewer', 'Vera Viewer')
    await open(other.page, 'Viewed')
    await expect(grip(other.page, 'Viewed Works')).toHaveCount(0)
    await menu(other.page, 'Viewed Works').click()
    await expect(other.page.getByRole('menuitem')).toHaveText(['Look at it here', 'Open its page'])
    const answer = await other.page.request.post('/rest/v1/rpc/move_account_stage', { data: { account_id: id, to_stage: 'Renewal' }, headers: { Origin: new URL(other.page.url()).origin } })
    expect(((await answer.json()) as { code: string }).code).toBe('42501')
    await other.page.context().close()
  })
})

test('nothing scrolls sideways at 320 px, and it is whole in the dark @long', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await logIn(page)
  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto('/dashboard/journey')
  await expect(card(page, 'TechStart Solutions')).toHaveCount(1)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
  expect(await axe(page)).toEqual([])
})

const onCrowd = test.extend({
  // eslint-disable-next-line no-empty-pattern
  site: async ({}, use) => {
    test.skip(crowd === null, 'needs a site with many accounts')
    await use(crowd!)
  },
})

onCrowd('seven columns of 50 are all there, and one of them is carried across @long', async ({ page, sql }) => {
  test.slow()
  sql(`insert into cs.accounts (tenant_id, name, current_stage) select tenant.id, 'Crowded ' || stage.name || ' ' || to_char(n, 'FM00'), stage.name
         from cs.tenants as tenant join cs.journey_stages as stage on stage.tenant_id = tenant.id, generate_series(1, 55) as n where tenant.slug = 'acme'`)
  try {
    await logIn(page)
    await page.goto('/dashboard/journey?q=Crowded')
    await expect(page.locator('li[data-card]')).toHaveCount(350)
    const name = (await column(page, 'Expansion').getByRole('link').first().textContent())!
    await drag(page, name, 'Renewal')
    await expect(page.getByText(`${name} moved from Expansion to Renewal`).first()).toBeVisible()
    await expect(column(page, 'Renewal').getByRole('link', { name, exact: true })).toBeVisible()
  } finally {
    sql("delete from cs.accounts where name like 'Crowded %'")
  }
})
