// Pictures of every page, dialog and state.
import type { Page } from '@playwright/test'
import { crowd, expect, logIn, person, rpc, signUp, test as base } from '../e2e/fixtures'
import { picture, settled } from './camera'
import { bareAccounts, hardCases } from './hard'

const EXECUTIVE = '/dashboard/executive'
const ACCOUNTS = '/dashboard/accounts'
const AUTOMATION = '/dashboard/automation'

// pictures of failures have errors in the console
const test = base.extend({ allow: { console: /./ } })
const onCrowd = test.extend({
  // eslint-disable-next-line no-empty-pattern
  site: async ({}, use) => {
    base.skip(crowd === null, 'needs a site with many accounts')
    await use(crowd!)
  },
})

async function open(page: Page, path: string) {
  await page.goto(path)
  await settled(page)
}

/** What opens over a page, at each width from a fresh page: a drawer is another one on a phone. */
async function layer(page: Page, name: string, path: string, show: (page: Page) => Promise<unknown>, only: number[] = [1280, 390]) {
  for (const width of only) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 })
    await open(page, path)
    await show(page)
    await page.waitForTimeout(300)
    await picture(page, name, { over: true, only: [width] })
  }
}

test('before sign-in', async ({ page }) => {
  for (const [name, path] of [['login', '/login'], ['login-ended', '/login?reason=ended'], ['signup', '/signup'], ['forgotten', '/forgotten'], ['missing', '/nowhere'], ['invite-gone', '/invite/none'], ['reset-over', '/dashboard/reset/none']] as const) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await picture(page, name)
  }
  await page.goto('/login')
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill('not it')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toBeVisible()
  await picture(page, 'login-wrong', { only: [1280, 390] })
  await page.goto('/signup')
  await page.getByLabel('Short name').fill('acme')
  await expect(page.getByText('acme is taken.')).toBeVisible()
  await page.getByRole('button', { name: 'Create organization' }).click()
  await picture(page, 'signup-faults', { only: [1280, 390] })
})

test('sample, pages', async ({ page }) => {
  await logIn(page)
  for (const [name, path] of [['executive', EXECUTIVE], ['accounts', ACCOUNTS], ['accounts-sorted', `${ACCOUNTS}?sort=-arr`], ['accounts-none', `${ACCOUNTS}?q=zebra`], ['accounts-tree', `${ACCOUNTS}?layout=tree`], ['accounts-filtered', `${ACCOUNTS}?view=risk&sort=-arr&criteria=${encodeURIComponent('{"all":[{"field":"arr","op":"gte","value":50000}]}')}`], ['me', '/dashboard/me'], ['parts', '/dashboard/parts'], ['missing-inside', '/dashboard/nowhere']] as const) {
    await open(page, path)
    await picture(page, `sample-${name}`)
  }
})

test('sample, what opens over them', async ({ page, sql }) => {
  test.slow()
  await logIn(page)
  const me = (await (await page.request.get('/auth/me')).json()) as { user_id: string }
  const [account] = (await (await page.request.get('/rest/v1/accounts?select=id&name=eq.TechStart%20Solutions')).json()) as { id: string }[]
  await layer(page, 'tasks-none', EXECUTIVE, (it) => it.locator('header button:has(.lucide-list-todo)').click())
  for (const [body, days] of [['Call Dana about the renewal quote', -1], ['Send the summary of the quarterly review to all who were there, with the list of open questions', 2]] as const) {
    await rpc(page, 'log_activity', { account_id: account!.id, kind: 'task', body, at: new Date(Date.now() + days * 86_400_000).toISOString(), assigned_to: me.user_id })
  }
  await layer(page, 'tasks', EXECUTIVE, (it) => it.locator('header button:has(.lucide-list-todo)').click())
  await layer(page, 'peek', EXECUTIVE, async (it) => {
    await it.getByRole('button', { name: 'Look at TechStart Solutions' }).click()
    await expect(it.getByRole('dialog')).toContainText('$85,000')
  })
  await layer(page, 'palette', EXECUTIVE, (it) => it.keyboard.press('Control+k'))
  await layer(page, 'palette-found', EXECUTIVE, async (it) => {
    await it.keyboard.press('Control+k')
    await expect(it.getByRole('combobox')).toBeFocused()
    await it.keyboard.type('glob')
    await expect(it.getByRole('option', { name: /GlobalTech Europe/ })).toBeVisible()
  })
  await layer(page, 'palette-none', EXECUTIVE, async (it) => {
    await it.keyboard.press('Control+k')
    await expect(it.getByRole('combobox')).toBeFocused()
    await it.keyboard.type('zzzz')
    await expect(it.getByText('No results for zzzz')).toBeVisible()
  })
  await layer(page, 'keys', EXECUTIVE, (it) => it.keyboard.press('?'))
  await layer(page, 'menu-user', EXECUTIVE, (it) => it.getByRole('button', { name: /^User menu/ }).click())
  await layer(page, 'menu-filter', EXECUTIVE, (it) => it.getByRole('button', { name: 'CSM, stage' }).click())
  await layer(page, 'menu-chart', EXECUTIVE, (it) => it.getByRole('button', { name: 'More for Renewals' }).click())
  await layer(page, 'risk-rule', EXECUTIVE, (it) => it.locator('summary').first().click())
  await layer(page, 'navigation', EXECUTIVE, (it) => it.getByRole('button', { name: 'Open navigation' }).click(), [390])
  await layer(page, 'token', '/dashboard/me', (it) => it.getByRole('button', { name: 'Make a token' }).click())
  for (const [i, name] of ['dialog', 'drawer', 'conflict'].entries()) await layer(page, `parts-${name}`, '/dashboard/parts', (it) => it.locator('#parts-layers button').nth(i + 1).click())
  await layer(page, 'toast', '/dashboard/parts', async (it) => {
    await it.getByRole('button', { name: 'Show a toast' }).click()
    await it.getByRole('button', { name: 'Show a failure' }).click()
  })
  await layer(page, 'session-ended', EXECUTIVE, async (it) => {
    const cookies = await it.context().cookies()
    await it.context().clearCookies()
    await it.getByRole('button', { name: 'Refresh' }).click()
    await expect(it.getByRole('dialog')).toBeVisible()
    await it.context().addCookies(cookies)
  })
  sql("delete from cs.activities where kind = 'task' and body ~ '^(Call Dana|Send the summary)'")
})

test('automation', async ({ page }) => {
  test.slow()
  await logIn(page)
  const criteria = { all: [{ field: 'arr', op: 'gte', value: 50_000 }, { any: [{ field: 'days_to_renewal', op: 'lte', value: 120 }, { field: 'score_change_30d', op: 'lte', value: -10 }] }] }
  const { id } = await rpc<{ id: string }>(page, 'save_playbook', { playbook: { name: 'Renewal rescue', trigger_criteria: { event: { kind: 'health_drop', threshold: 60 }, when: criteria }, webhook_url: 'https://n8n.acme.example/webhook/renewal', actions: [{ kind: 'task', title: 'Call {{account_name}} about the renewal', due_in_days: 2 }], cooldown_minutes: 1440, max_executions_per_day: 20 } })
  for (const [name, path] of [['playbooks', 'playbooks'], ['runs', 'runs'], ['queue', 'queue'], ['builder', `playbooks/${id}/edit`], ['builder-template', 'playbooks/new?template=health_under_40']] as const) {
    await open(page, `${AUTOMATION}/${path}`)
    await picture(page, `automation-${name}`)
  }
  const dialog = (it: Page) => expect(it.getByRole('dialog')).toBeVisible()
  await layer(page, 'automation-delivery', `${AUTOMATION}/queue`, async (it) => {
    await it.getByRole('button', { name: /GlobalTech Corporation/ }).first().click()
    await dialog(it)
  })
  await layer(page, 'automation-selected', `${AUTOMATION}/queue`, (it) => it.getByRole('checkbox', { name: /GlobalTech Corporation/ }).first().check())
  await layer(page, 'automation-run', `${AUTOMATION}/runs`, async (it) => {
    await it.getByRole('button', { name: /TechStart Solutions/ }).first().click()
    await dialog(it)
  })
  await layer(page, 'automation-activate', `${AUTOMATION}/playbooks`, async (it) => {
    await it.getByRole('switch', { name: 'Renewal rescue is on' }).click()
    await dialog(it)
  })
  await layer(page, 'automation-pause-all', `${AUTOMATION}/playbooks`, async (it) => {
    await it.getByRole('button', { name: 'Pause all' }).click()
    await dialog(it)
  })
  await layer(page, 'automation-json', `${AUTOMATION}/playbooks/${id}/edit`, (it) => it.getByRole('button', { name: 'JSON' }).click())
  await layer(page, 'automation-tried', `${AUTOMATION}/playbooks/${id}/edit`, async (it) => {
    await it.getByRole('button', { name: 'Try it' }).click()
    await expect(it.getByText('Nothing was written.')).toBeVisible()
  })
  await rpc(page, 'delete_playbook', { playbook_id: id })
})

test('accounts, what opens over them', async ({ page, sql }) => {
  test.slow()
  await logIn(page)
  const file = { name: 'hubspot.csv', mimeType: 'text/csv', buffer: Buffer.from('Record ID,Company name,Parent company ID,ARR,Renewal date\nX1,Halden Logistics,,"420,000",2027-12-24\nX2,Halden Cold Chain,X1,much,12/31/2027\nX3,,X9,,\n') }
  const dialog = (it: Page) => expect(it.getByRole('dialog')).toBeVisible()
  await layer(page, 'accounts-fields', ACCOUNTS, (it) => it.getByRole('button', { name: 'Filter', exact: true }).click())
  await layer(page, 'accounts-builder', `${ACCOUNTS}?criteria=${encodeURIComponent('{"all":[{"field":"status","op":"in","value":["Active"]},{"any":[{"field":"arr","op":"gte","value":50000},{"field":"days_to_renewal","op":"between","value":[0,90]}]}]}')}`, async (it) => {
    await it.getByRole('button', { name: 'Group of 2 conditions', exact: true }).click()
    await dialog(it)
  })
  await layer(page, 'accounts-columns', ACCOUNTS, (it) => it.getByRole('button', { name: 'Columns' }).click(), [1280])
  await layer(page, 'accounts-selected', ACCOUNTS, (it) => it.getByRole('checkbox', { name: 'Select GlobalTech Europe' }).check())
  await layer(page, 'accounts-bulk', ACCOUNTS, async (it) => {
    await it.getByRole('checkbox', { name: 'Select GlobalTech Europe' }).check()
    await it.getByRole('button', { name: 'Assign CSM' }).click()
    await it.getByRole('dialog').getByLabel('CSM').selectOption({ label: 'Bob Builder' })
    await it.getByRole('button', { name: 'Try the change' }).click()
    await expect(it.getByRole('dialog')).toContainText('would change')
  })
  await layer(page, 'accounts-playbook', ACCOUNTS, async (it) => {
    await it.getByRole('checkbox', { name: 'Select GlobalTech Europe' }).check()
    await it.getByRole('button', { name: 'Run playbook' }).click()
    await expect(it.getByRole('dialog')).toBeVisible()
  })
  await layer(page, 'accounts-cell', ACCOUNTS, (it) => it.getByRole('button', { name: 'Change: CSM, GlobalTech Europe' }).click(), [1280])
  await layer(page, 'accounts-new', ACCOUNTS, (it) => it.getByRole('button', { name: 'New account' }).click())
  await layer(page, 'accounts-save-view', `${ACCOUNTS}?sort=-arr`, (it) => it.getByRole('button', { name: 'Save view' }).click())
  await layer(page, 'accounts-import', ACCOUNTS, (it) => it.getByRole('button', { name: 'Import' }).click(), [1280])
  await layer(page, 'accounts-import-columns', ACCOUNTS, async (it) => {
    await it.getByRole('button', { name: 'Import' }).click()
    await it.getByLabel(/^Drop a CSV file/).setInputFiles(file)
    await expect(it.getByRole('dialog')).toContainText('an export of HubSpot')
  }, [1280])
  await layer(page, 'accounts-import-tried', ACCOUNTS, async (it) => {
    await it.getByRole('button', { name: 'Import' }).click()
    await it.getByLabel(/^Drop a CSV file/).setInputFiles(file)
    await it.getByRole('button', { name: 'Try the import' }).click()
    await expect(it.getByRole('dialog')).toContainText('would be added')
  }, [1280])
  await layer(page, 'accounts-import-alike', `${ACCOUNTS}?open=import`, async (it) => {
    await it.getByLabel(/^Drop a CSV file/).setInputFiles({ name: 'alike.csv', mimeType: 'text/csv', buffer: Buffer.from('id,name,as of,arr\nN-1,TECHSTART solutions,2026-11-01,5\nN-2,Orly Freight,2026-11-01,5\nn-2,Orly Freight Two,2026-11-01,5\nN-3,Quillon,2026-11-01,much') })
    await it.getByRole('button', { name: 'Try the import' }).click()
    await expect(it.getByRole('dialog')).toContainText('look like others')
  })
  // what a view names that is gone
  const key = `tier_${Date.now()}`
  const field = await rpc<{ id: string }>(page, 'save_custom_field', { field: { key, label: 'Support tier', type: 'text' } })
  const view = await rpc<{ id: string }>(page, 'save_view', { view: { page: 'accounts', name: 'Without a tier', criteria: { field: `crm_attributes.${key}`, op: 'is_not_set' } } })
  await layer(page, 'admin-field-named', '/dashboard/admin/fields', async (it) => {
    await it.getByRole('button', { name: 'Edit Support tier' }).click()
    await it.getByRole('button', { name: 'Archive' }).click()
    await expect(it.getByRole('alert')).toContainText('Still named')
  })
  await rpc(page, 'save_custom_field', { field: { id: field.id, is_active: false } })
  await layer(page, 'accounts-gone', ACCOUNTS, async (it) => {
    await it.getByRole('navigation', { name: 'Views', exact: true }).getByRole('link', { name: /Without a tier/ }).click()
    await expect(it.getByRole('button', { name: 'Edit filter' })).toBeVisible()
  })
  await rpc(page, 'delete_view', { view_id: view.id })
  sql(`delete from cs.custom_fields where key = '${key}'`)
})

test('sample, one account', async ({ page, sql }) => {
  test.slow()
  await logIn(page)
  const ids = (await (await page.request.get('/rest/v1/accounts?select=id,name')).json()) as { id: string; name: string }[]
  const at = (name: string, tab = '') => `${ACCOUNTS}/${ids.find((one) => one.name === name)!.id}${tab && `?tab=${tab}`}`
  await open(page, at('TechStart Solutions'))
  await picture(page, 'account')
  for (const tab of ['timeline', 'health', 'usage', 'journey', 'family', 'automation', 'fields']) {
    await open(page, at('GlobalTech Europe', tab))
    await picture(page, `account-${tab}`)
  }
  const over = (name: string, show: (it: Page) => Promise<unknown>, path = at('GlobalTech Europe')) => layer(page, `account-${name}`, path, show)
  const more = async (it: Page, entry: string) => {
    await it.getByRole('button', { name: 'More actions' }).click()
    await it.getByRole('menuitem', { name: entry }).click()
  }
  await over('delete', async (it) => {
    await more(it, 'Delete account')
    await expect(it.getByRole('dialog')).toContainText('With it go')
  })
  await over('delete-parent', async (it) => {
    await more(it, 'Delete account')
    await expect(it.getByRole('dialog')).toContainText('stands below it')
  }, at('GlobalTech Corporation'))
  await over('merge', async (it) => {
    await more(it, 'Merge into')
    await it.getByRole('button', { name: /^Other account/ }).click()
    await it.getByLabel('Find an account').fill('TechStart')
    await it.getByRole('list', { name: 'Accounts' }).getByRole('button').first().click()
    await expect(it.getByRole('dialog')).toContainText('There is no way back.')
  })
  await over('scrolled', (it) => it.evaluate(() => scrollTo(0, 600)))
  await over('log', (it) => it.keyboard.press('l'))
  await over('stage', (it) => it.keyboard.press('m'))
  await over('explain', () => Promise.resolve(), at('GlobalTech Europe', 'health&explain=now'))
  await over('explain-past', () => Promise.resolve(), at('TechStart Solutions', 'health&explain=2026-08-01'))
  await over('history', () => Promise.resolve(), at('GlobalTech Europe', 'fields&field=crm_attributes.arr'))
  await over('more', (it) => it.getByRole('button', { name: 'More actions' }).click())
  for (const [name, entry] of [['override', 'Set the score by hand'], ['move', 'Move in the tree']] as const) {
    await over(name, async (it) => {
      await it.getByRole('button', { name: 'More actions' }).click()
      await it.getByRole('menuitem', { name: entry }).click()
    })
  }
  await over('contact', (it) => it.getByRole('button', { name: /^Edit / }).last().click())
  await over('editing', (it) => it.getByRole('button', { name: /^Change: ARR/ }).click())
  await layer(page, 'account-playbook', at('GlobalTech Europe'), async (it) => {
    await it.getByRole('button', { name: 'Run playbook' }).click()
    await it.getByRole('radio').first().click()
    await it.getByRole('button', { name: 'Try it' }).click()
    await expect(it.getByText('Nothing was written.')).toBeVisible()
  }, [1280])
  sql("update cs.stage_milestones set is_required = true where title = 'Key users trained'")
  await over('gate', async (it) => {
    await it.keyboard.press('m')
    await it.getByRole('radio', { name: /^Expansion/ }).click()
    await it.getByRole('button', { name: 'Move to Expansion' }).click()
    await it.getByRole('button', { name: 'Waive' }).click()
  })
  sql("update cs.stage_milestones set is_required = false where title = 'Key users trained'")
  await page.route('**/rpc/explain_health', (route) => route.fulfill({ status: 500, headers: { 'X-Request-Id': '7f3a91c2-0941' }, json: { code: '57014', message: 'The database took longer than 5 s.', details: null, hint: null } }))
  await open(page, at('GlobalTech Europe'))
  await picture(page, 'account-failing', { only: [1280, 390] })
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await open(page, `${ACCOUNTS}/01900000-0000-7000-8000-000000000000`)
  await picture(page, 'account-missing', { only: [1280, 390] })
  await page.route('**/rpc/account_360', () => new Promise(() => undefined))
  await page.goto(at('GlobalTech Europe'))
  await page.waitForTimeout(600)
  await picture(page, 'account-loading', { only: [1280, 390] })
  await page.unrouteAll({ behavior: 'ignoreErrors' })
})

test('sample, the journey', async ({ page }) => {
  test.slow()
  await logIn(page)
  const JOURNEY = '/dashboard/journey'
  for (const [name, query] of [['', ''], ['-lanes', '?lanes=level'], ['-none', '?q=zebra'], ['-compact', '?compact=true&hide=csm,arr&side=false']] as const) {
    await open(page, JOURNEY + query)
    await picture(page, `journey${name}`)
  }
  const more = (it: Page) => it.getByRole('button', { name: /^Actions for/ }).first()
  await layer(page, 'journey-menu', JOURNEY, (it) => more(it).click())
  await layer(page, 'journey-display', JOURNEY, (it) => it.getByRole('button', { name: 'Display' }).click())
  await layer(page, 'journey-selected', JOURNEY, async (it) => {
    await more(it).click()
    await it.getByRole('menuitem', { name: 'Select' }).click()
  })
  await layer(page, 'journey-lifted', JOURNEY, async (it) => {
    await it.getByRole('button', { name: /with the arrow keys$/ }).first().focus()
    await it.keyboard.press('Space')
    await it.keyboard.press('ArrowRight')
  })
  await layer(page, 'journey-dragged', JOURNEY, async (it) => {
    const box = (await it.locator('li[data-card]').first().boundingBox())!
    await it.mouse.move(box.x + 60, box.y + 40)
    await it.mouse.down()
    await it.mouse.move(box.x + 220, box.y + 70, { steps: 8 })
  }, [1280])
  await page.mouse.up()
  await layer(page, 'journey-move', JOURNEY, async (it) => {
    await it.locator('[data-part="name"]').first().focus()
    await it.keyboard.press('m')
    await expect(it.getByRole('dialog')).toBeVisible()
  })
  await layer(page, 'journey-lost', JOURNEY, async (it) => {
    await more(it).click()
    await it.getByRole('menuitem', { name: 'Churned' }).click()
    await expect(it.getByRole('dialog')).toBeVisible()
  })
  await page.route('**/rpc/board', (route) => route.fulfill({ status: 500, headers: { 'X-Request-Id': '7f3a91c2-0941' }, json: { code: '57014', message: 'The database took longer than 5 s.', details: null, hint: null } }))
  await open(page, JOURNEY)
  await picture(page, 'journey-failing', { only: [1280, 390] })
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await page.route('**/rpc/board', () => new Promise(() => undefined))
  await page.goto(JOURNEY)
  await page.waitForTimeout(600)
  await picture(page, 'journey-loading', { only: [1280, 390] })
  await page.unrouteAll({ behavior: 'ignoreErrors' })
})

test('sample, states', async ({ page, context, sql }) => {
  await logIn(page)
  await open(page, EXECUTIVE)
  await page.getByRole('button', { name: 'More for Renewals' }).click()
  await page.getByRole('menuitem', { name: 'Show data' }).click()
  await picture(page, 'sample-executive-data')
  await page.goto(`${EXECUTIVE}?range=custom&status=all&compare=off&by=accounts&mean=true`)
  await settled(page)
  await picture(page, 'sample-executive-filtered')
  await page.route('**/rpc/{growth_between,arr_bridge_between,executive_trends}', (route) => route.fulfill({ status: 500, headers: { 'X-Request-Id': '7f3a91c2-0941' }, json: { code: '57014', message: 'The database took longer than 5 s.', details: null, hint: null } }))
  await open(page, EXECUTIVE)
  await picture(page, 'sample-executive-failing')
  await page.unroute('**/rpc/{growth_between,arr_bridge_between,executive_trends}')
  await page.route('**/rpc/executive_dashboard', () => new Promise(() => undefined))
  await page.goto(EXECUTIVE)
  await page.waitForTimeout(600)
  await picture(page, 'sample-executive-loading')
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  sql('update cs.health_scores set stale_feed = true where is_current')
  await open(page, EXECUTIVE)
  await context.setOffline(true)
  await picture(page, 'banners', { over: true })
  await context.setOffline(false)
  sql('update cs.health_scores set stale_feed = false where is_current')
})

test('report on paper', async ({ page }) => {
  await logIn(page)
  await open(page, EXECUTIVE)
  await page.emulateMedia({ media: 'print' })
  await page.pdf({ path: `${process.env.SCREENSHOTS ?? '../../target/screenshots'}/sample-report.pdf`, preferCSSPageSize: true })
})

test('an empty organisation', async ({ page, site }) => {
  await signUp(page, `empty-${site.database.replaceAll('_', '-')}`, 'Northgate Instruments', 'Nadia Kovac')
  for (const [name, path] of [['executive', EXECUTIVE], ['accounts', ACCOUNTS]] as const) {
    await open(page, path)
    await picture(page, `empty-${name}`)
  }
  await layer(page, 'empty-import', EXECUTIVE, async (it) => {
    await it.getByRole('link', { name: 'Import CSV' }).click()
    await it.getByLabel(/^Drop a CSV file/).setInputFiles({ name: 'accounts.csv', mimeType: 'text/csv', buffer: Buffer.from('name,arr\nHalden,420000\nQuillon,275000\n') })
    await expect(it.getByText('an account is found again by its name')).toBeVisible()
  })
  await layer(page, 'empty-stages', EXECUTIVE, (it) => it.getByRole('button', { name: 'View stages' }).click())
  await layer(page, 'empty-invite', EXECUTIVE, (it) => it.getByRole('button', { name: 'Invite' }).click())
})

test('accounts without ARR and scores', async ({ page, site, sql }) => {
  const slug = `bare-${site.database.replaceAll('_', '-')}`
  await signUp(page, slug, 'Bare', 'Nadia Kovac')
  sql(bareAccounts(slug))
  for (const [name, path] of [['executive', EXECUTIVE], ['accounts', ACCOUNTS]] as const) {
    await open(page, path)
    await picture(page, `bare-${name}`)
  }
})

test('hard names', async ({ page, site, sql }) => {
  const slug = `hard-${site.database.replaceAll('_', '-')}`
  await signUp(page, slug, 'International Federation of Independent Regional Agricultural Machinery Cooperatives', 'Max')
  sql(hardCases(slug))
  for (const [name, path] of [['executive', `${EXECUTIVE}?status=all`], ['accounts', ACCOUNTS], ['journey', '/dashboard/journey']] as const) {
    await open(page, path)
    await picture(page, `hard-${name}`)
  }
  const hard = (await (await page.request.get('/rest/v1/accounts?select=id,name')).json()) as { id: string; name: string }[]
  for (const [i, one] of hard.filter(({ name }) => name.length > 60 || name === 'Nothing known').entries()) {
    await open(page, `${ACCOUNTS}/${one.id}`)
    await picture(page, `hard-account-${i}`, { only: [1280, 390] })
  }
  await layer(page, 'hard-peek', EXECUTIVE, async (it) => {
    await it.locator('#revenue-at-risk tbody button').first().click()
    await expect(it.getByRole('dialog')).toBeVisible()
  })
})

onCrowd('many accounts', async ({ page }) => {
  await logIn(page)
  for (const [name, path] of [['executive', EXECUTIVE], ['executive-year', `${EXECUTIVE}?range=12m&status=all`], ['accounts', ACCOUNTS], ['journey', '/dashboard/journey']] as const) {
    await open(page, path)
    await picture(page, `crowd-${name}`)
  }
  await layer(page, 'crowd-peek', EXECUTIVE, async (it) => {
    await it.locator('#revenue-at-risk tbody button').first().click()
    await expect(it.getByRole('dialog')).toBeVisible()
  })
  await page.goto(EXECUTIVE)
  await settled(page)
  await page.emulateMedia({ media: 'print' })
  await page.pdf({ path: `${process.env.SCREENSHOTS ?? '../../target/screenshots'}/crowd-report.pdf`, preferCSSPageSize: true })
})

const ADMIN = '/dashboard/admin'

test('administration, sections', async ({ page }) => {
  test.slow()
  await logIn(page)
  const at = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()
  await rpc(page, 'record_usage', { rows: [1, 30, 70].map((hours) => ({ external_id: 'crm-0042', metric_type: 'logins', metric_value: 3, recorded_at: at(hours) })), keep_unknown: true })
  for (const section of ['stages', 'milestones', 'health', 'fields', 'people', 'tokens', 'receivers', 'settings', 'feeds', 'audit']) {
    await open(page, `${ADMIN}/${section}`)
    await picture(page, `admin-${section}`)
  }
  await open(page, `${ADMIN}/health`)
  await page.getByRole('textbox', { name: 'Weight of Support' }).fill('60')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/computed in/)).toBeVisible()
  await picture(page, 'admin-health-preview')
  await open(page, `${ADMIN}/milestones`)
  await page.getByRole('button', { name: /^Details/ }).first().click()
  await page.getByRole('button', { name: 'Add a milestone' }).click()
  await picture(page, 'admin-milestones-draft', { only: [1280, 390] })
})

test('administration, what opens over them', async ({ page }) => {
  test.slow()
  await logIn(page)
  await layer(page, 'admin-color', `${ADMIN}/stages`, (it) => it.getByRole('button', { name: 'Color of Adoption' }).click())
  await layer(page, 'admin-stage-delete', `${ADMIN}/stages`, async (it) => {
    await it.getByRole('button', { name: 'More for At Risk' }).click()
    await it.getByRole('menuitem', { name: 'Delete stage' }).click()
    await expect(it.getByRole('dialog')).toContainText('account')
  })
  await layer(page, 'admin-leave', `${ADMIN}/settings`, async (it) => {
    await it.getByRole('textbox', { name: 'Name of the organization' }).fill('Acme Incorporated')
    await it.getByRole('tab', { name: 'Usage feeds' }).click()
    await expect(it.getByRole('dialog')).toBeVisible()
  })
  await layer(page, 'admin-cap', `${ADMIN}/health`, (it) => it.getByRole('button', { name: /^Edit: Seats/ }).click())
  await layer(page, 'admin-versions', `${ADMIN}/health?versions=true`, (it) => expect(it.getByRole('dialog')).toBeVisible())
  await layer(page, 'admin-field', `${ADMIN}/fields`, (it) => it.getByRole('button', { name: 'Edit Support plan' }).click())
  await layer(page, 'admin-reset', `${ADMIN}/people`, async (it) => {
    await it.getByRole('button', { name: /^More for/ }).nth(1).click()
    await it.getByRole('menuitem', { name: 'Reset link' }).click()
  })
  await layer(page, 'leave', '/dashboard/me', (it) => it.getByRole('button', { name: 'Leave', exact: true }).click())
  await layer(page, 'admin-invite', `${ADMIN}/people`, (it) => it.getByRole('button', { name: 'Invite a colleague' }).click())
  await layer(page, 'admin-hand-over', `${ADMIN}/people`, async (it) => {
    await it.getByRole('button', { name: 'More for Bob Builder' }).click()
    await it.getByRole('menuitem', { name: 'Deactivate' }).click()
  })
  await layer(page, 'admin-audit-open', `${ADMIN}/audit?action=update`, (it) => it.getByRole('button', { name: /^Changed/ }).first().click())
})
