// The page of one account: what it says, what each role may do on it, and what comes of doing it, by pointer and by keyboard.
import type { Browser, Page } from '@playwright/test'
import { axe, colleague, expect, logIn, rpc, signIn, signUp, test } from './fixtures'

/** One organisation for all that is changed here, each test with accounts of its own in it. */
const SLUG = `halden-${Date.now()}`
let made = false
const at = (id: string, tab = '') => `/dashboard/accounts/${id}${tab && `?tab=${tab}`}`
const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: false }).filter({ hasText: new RegExp(`^${name}`) })

async function idOf(page: Page, name: string) {
  const [found] = (await (await page.request.get(`/rest/v1/accounts?select=id&name=eq.${encodeURIComponent(name)}`)).json()) as { id: string }[]
  return found!.id
}

/** An account in Adoption, which two required milestones hold there, and its child. */
async function halden(page: Page, name: string) {
  const isNew = !made
  if (isNew) await signUp(page, SLUG, 'Halden Group', 'Alice Administrator')
  else await logIn(page, `${SLUG}@example.test`)
  made = true
  const crm = { arr: 420_000, contract_end_date: new Date(Date.now() + 28 * 86_400_000).toISOString().slice(0, 10), industry: 'Transport', region_code: 'N-7' }
  const account = await rpc<{ id: string; version: number }>(page, 'upsert_account', { external_id: `HL-${name}`, patch: { name: `Halden ${name}`, current_stage: 'Adoption', crm_attributes: crm } })
  const child = await rpc<{ id: string }>(page, 'upsert_account', { external_id: `HC-${name}`, patch: { name: `Cold Chain ${name}`, parent_id: account.id, crm_attributes: { arr: 88_000 } } })
  if (!isNew) return { id: account.id, child: child.id }
  const [stage] = (await (await page.request.get('/rest/v1/journey_stages?select=id&name=eq.Adoption')).json()) as { id: string }[]
  await rpc(page, 'save_milestones', { stage_id: stage!.id, changes: [{ title: 'Key users trained', is_required: true, due_after_days: 14 }, { title: 'Data imported', is_required: true }] })
  return { id: account.id, child: child.id }
}

async function open(page: Page, id: string, tabName = '') {
  await page.goto(at(id, tabName))
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

test.describe('read', () => {
  test('the breadcrumb is the way to the account, and its steps lead there', async ({ page }) => {
    await signIn(page)
    await open(page, await idOf(page, 'GlobalTech Europe'))
    const trail = page.getByRole('navigation', { name: 'Breadcrumb' })
    await expect(trail).toHaveText(/Acme Corporation.*GlobalTech Corporation.*GlobalTech Europe/)
    await trail.getByRole('link', { name: 'GlobalTech Corporation' }).press('Enter')
    await expect(title(page, 'GlobalTech Corporation')).toBeVisible()
    await expect(title(page, 'GlobalTech Corporation')).toBeFocused()
    await expect(page).toHaveTitle('GlobalTech Corporation - Acme Corporation')
    expect(await axe(page)).toEqual([])
  })

  test('what the four components earned adds up to the score @long', async ({ page }) => {
    await signIn(page)
    for (const [name, score] of [['GlobalTech Europe', 72], ['TechStart Solutions', 35], ['GlobalTech Corporation', 85]] as const) {
      await open(page, await idOf(page, name))
      const why = page.getByRole('region', { name: 'Why this score' })
      await expect(why.getByText(/^[\d.]+ of 25$/)).toHaveCount(4)
      const earned = (await why.getByText(/^[\d.]+ of 25$/).allTextContents()).map((text) => Number.parseFloat(text))
      expect(Math.abs(earned.reduce((sum, one) => sum + one, 0) - score), `${name}: ${earned.join(' ')}`).toBeLessThanOrEqual(0.7)
      await expect(why.getByText(String(score), { exact: true }).first()).toBeVisible()
    }
  })

  test('the explanation names the parts that are left out, and can be asked for as of a day @long', async ({ page }) => {
    const { id } = await halden(page, 'explain')
    await rpc(page, 'record_usage', { rows: Array.from({ length: 20 }, (_, day) => ({ account_id: id, metric_type: 'logins', metric_value: 3, recorded_at: new Date(Date.now() - day * 86_400_000).toISOString() })) })
    await rpc(page, 'refresh_health', { account_ids: [id] })
    await open(page, id, 'health')
    await page.getByRole('button', { name: 'Explain', exact: true }).press('Enter')
    const drawer = page.getByRole('dialog')
    await expect(drawer).toContainText('explained')
    await expect(drawer.getByText(/^Left out: /).first()).toBeVisible()
    expect(await axe(page)).toEqual([])
    await drawer.getByLabel('Recalculate as of').fill(new Date(Date.now() - 5 * 86_400_000).toISOString().slice(0, 10))
    await drawer.getByRole('button', { name: 'Show' }).click()
    await expect(page).toHaveURL(/explain=\d{4}-\d\d-\d\d/)
    await expect(page.getByRole('dialog')).toContainText('as of the end of that day')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
  })

  test.describe('of nothing', () => {
    // what the page asks meanwhile is refused once the session is gone
    test.use({ allow: { console: /status of (400|401|404)/ } })
    test('an id that is unknown, or of another organisation, is not found', async ({ page }) => {
      await signIn(page)
      const theirs = await idOf(page, 'TechStart Solutions')
      await page.context().clearCookies()
      await halden(page, 'stranger')
      for (const id of [theirs, '01900000-0000-7000-8000-000000000000', 'nobody']) {
        await page.goto(at(id))
        await expect(title(page, 'Not found, or no access')).toBeVisible()
      }
      expect(await axe(page)).toEqual([])
      await page.getByRole('link', { name: 'Go to the accounts' }).press('Enter')
      await expect(title(page, 'Accounts')).toBeVisible()
    })
  })

  test.describe('with a part that fails', () => {
    test.use({ allow: { console: /status of 500/ } })
    test('the others stay, and it can be tried again @long', async ({ page }) => {
      await signIn(page)
      await page.route('**/rpc/explain_health', (route) => route.fulfill({ status: 500, json: { code: 'XX000', message: 'Something broke.', details: null, hint: null } }))
      await open(page, await idOf(page, 'GlobalTech Europe'))
      await expect(page.getByRole('alert')).toContainText('Something broke.')
      await expect(page.getByRole('region', { name: 'Timeline' })).toContainText('Ines: reporting is still done by hand')
      await expect(page.getByRole('complementary', { name: 'Facts' })).toContainText('Ines Moreau')
      await page.unroute('**/rpc/explain_health')
      await page.getByRole('button', { name: 'Try again' }).click()
      await expect(page.getByRole('region', { name: 'Why this score' })).toContainText('of 25')
    })
  })

  test('each tab has its picture, its sentence and its table, by arrow keys @long', async ({ page }) => {
    test.slow()
    await signIn(page)
    await open(page, await idOf(page, 'GlobalTech Europe'))
    await tab(page, 'Overview').focus()
    for (const [name, region] of [['Timeline', 'Timeline'], ['Health', 'Score'], ['Usage', 'Sign-ins'], ['Journey', 'Stages'], ['Family', 'Family'], ['Automation', 'Runs'], ['Fields', 'Fields']] as const) {
      await page.keyboard.press('ArrowRight')
      await expect(tab(page, name)).toBeFocused()
      await expect(page.getByRole('tabpanel', { name })).toBeVisible()
      await expect(page.getByRole('region', { name: region, exact: true })).toBeVisible()
      await expect(page.locator('.bone')).toHaveCount(0)
      expect(await axe(page), name).toEqual([])
    }
    await page.keyboard.press('ArrowRight')
    await expect(tab(page, 'Overview')).toBeFocused()
    await tab(page, 'Health').click()
    await page.getByRole('button', { name: 'More for Score' }).click()
    await page.getByRole('menuitem', { name: 'Show data' }).click()
    expect(await page.getByRole('table', { name: 'Data of Score' }).getByRole('row').count()).toBeGreaterThan(20)
    await tab(page, 'Usage').click()
    await page.getByRole('button', { name: 'More for Sign-ins' }).click()
    await page.getByRole('menuitem', { name: 'Show data' }).click()
    await expect(page.getByRole('table', { name: 'Data of Sign-ins' }).getByRole('row')).toHaveCount(14)
  })

  test('Alt and the arrows walk the list one came from; a link opens it without one @long', async ({ page }) => {
    await signIn(page, '/dashboard/executive')
    await page.locator('#revenue-at-risk').getByRole('link', { name: 'TechStart Solutions' }).click()
    await expect(title(page, 'TechStart Solutions')).toBeVisible()
    await page.keyboard.press('Alt+ArrowDown')
    await expect(title(page, 'GlobalTech Europe')).toBeVisible()
    await page.getByRole('button', { name: 'Previous account of the list' }).click()
    await expect(title(page, 'TechStart Solutions')).toBeVisible()
    await page.reload()
    await expect(title(page, 'TechStart Solutions')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Previous account of the list' })).toHaveCount(0)
  })

  test('nothing scrolls sideways at 320 px, on any tab @long', async ({ page }) => {
    await signIn(page)
    const id = await idOf(page, 'GlobalTech Europe')
    await page.setViewportSize({ width: 320, height: 640 })
    for (const name of ['', 'timeline', 'health', 'usage', 'journey', 'family', 'automation', 'fields']) {
      await open(page, id, name)
      await expect(page.locator('.bone')).toHaveCount(0)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), name).toBe(0)
    }
    expect(await axe(page)).toEqual([])
  })
})

test.describe('changed', () => {
  test('a score set by hand holds until its day, and the computed one comes back @long', async ({ page }) => {
    const { id } = await halden(page, 'override')
    await open(page, id)
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Set the score by hand' }).click()
    const dialog = page.getByRole('dialog', { name: 'Set the score by hand' })
    await dialog.getByRole('button', { name: 'Set the score' }).click()
    await expect(dialog).toContainText('Enter a whole number from 0 to 100.')
    await expect(dialog).toContainText('Say why.')
    await dialog.getByLabel('Score, 0 to 100').fill('60')
    await dialog.getByLabel('Reason').fill('New sponsor, usage follows')
    await dialog.getByLabel('Until').fill(new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 10))
    await dialog.getByRole('button', { name: 'Set the score' }).click()
    await expect(dialog).toContainText('at most 90 days ahead')
    await dialog.getByLabel('Until').fill(new Date(Date.now() + 45 * 86_400_000).toISOString().slice(0, 10))
    expect(await axe(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Set the score' }).click()
    await expect(page.getByText(/set by (hand|Alice Administrator)/).first()).toBeVisible()
    await expect(page.getByRole('region', { name: 'Why this score' })).toContainText('New sponsor, usage follows')
    // the keyboard twin ends it
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('combobox', { name: 'Search or jump to' })).toBeFocused()
    await page.keyboard.type('>by hand')
    await expect(page.getByRole('option')).toHaveCount(1)
    await page.keyboard.press('Enter')
    await dialog.getByRole('button', { name: 'Back to the computed score' }).press('Enter')
    await expect(page.getByText('The computed score is back').first()).toBeVisible()
  })

  test('what is logged stands in the timeline at once, and is filtered by kind and family', async ({ page }) => {
    const { id, child } = await halden(page, 'timeline')
    await rpc(page, 'log_activity', { account_id: child, kind: 'meeting', body: 'Quarterly review at the child' })
    await open(page, id, 'timeline')
    // on its way until it has been seen on its way
    let arrive = () => {}
    const arrived = new Promise<void>((done) => (arrive = done))
    await page.route('**/rpc/log_activity', async (route) => {
      await arrived
      await route.continue()
    })
    await page.getByLabel('What happened').fill('Wants a quote by Friday')
    await page.keyboard.press('Control+Enter')
    const timeline = page.getByRole('region', { name: 'Timeline' })
    const entry = timeline.getByRole('listitem').filter({ hasText: 'Wants a quote by Friday' })
    await expect(entry).toContainText('Saving')
    arrive()
    await expect(entry).not.toContainText('Saving')
    await expect(entry).toHaveCount(1)
    await expect(timeline).toContainText('Started in Adoption')
    await page.getByRole('group', { name: 'Kinds of events' }).getByRole('button', { name: 'Call' }).click()
    await expect(page).toHaveURL(/kinds=/)
    await expect(timeline).not.toContainText('Started in Adoption')
    await expect(entry).toBeVisible()
    await page.getByRole('button', { name: 'All kinds' }).press('Enter')
    await expect(timeline).not.toContainText('Quarterly review')
    await page.getByRole('group', { name: 'Whose events' }).getByRole('button', { name: 'Family' }).press('Enter')
    await expect(timeline).toContainText('Quarterly review at the child')
    await expect(timeline.getByRole('link', { name: 'Cold Chain timeline' }).first()).toBeVisible()
    await entry.getByRole('button', { name: 'Edit: Call' }).click()
    await timeline.getByRole('listitem').getByLabel('What happened').fill('Wants a quote by Monday')
    await timeline.getByRole('listitem').getByRole('button', { name: 'Save' }).click()
    await expect(timeline).toContainText('Wants a quote by Monday')
    expect(await axe(page)).toEqual([])
  })

  test.describe('and refused', () => {
    test.use({ allow: { console: /status of 500/ } })
    test('an entry leaves the timeline and its words come back @long', async ({ page }) => {
      const { id } = await halden(page, 'refused')
      await open(page, id)
      await page.route('**/rpc/log_activity', (route) => route.fulfill({ status: 500, json: { code: 'XX000', message: 'Something broke.', details: null, hint: null } }))
      await page.getByLabel('What happened').fill('Lost words')
      await page.getByRole('region', { name: 'Timeline' }).getByRole('button', { name: /^Log/ }).click()
      await expect(page.getByText('Not logged: Something broke.').first()).toBeVisible()
      await expect(page.getByLabel('What happened')).toHaveValue('Lost words')
      await expect(page.getByRole('listitem').filter({ hasText: 'Lost words' })).toHaveCount(0)
    })
  })

  test('fields are edited by their type where they stand, and remember who changed them', async ({ page }) => {
    const { id } = await halden(page, 'fields')
    await rpc(page, 'save_custom_field', { field: { key: 'support_tier', label: 'Support tier', type: 'choice', options: ['Gold', 'Silver'] } })
    await open(page, id, 'fields')
    const fields = page.getByRole('region', { name: 'Fields', exact: true })
    await fields.getByRole('button', { name: /^Change: Support tier/ }).click()
    await fields.getByRole('combobox', { name: 'Support tier' }).selectOption('Gold')
    await fields.getByRole('button', { name: 'Save: Support tier' }).click()
    await expect(fields.getByRole('row').filter({ hasText: 'Support tier' })).toContainText('Gold')
    // by keyboard alone
    const arr = fields.getByRole('button', { name: /^Change: ARR/ })
    await arr.focus()
    await page.keyboard.press('Enter')
    await page.keyboard.type('much')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert')).toHaveText('Enter a number.')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('430000')
    await page.keyboard.press('Enter')
    await expect(arr).toContainText('$430,000')
    await expect(arr).toBeFocused()
    await page.keyboard.press('Enter')
    await page.keyboard.type('1')
    await page.keyboard.press('Escape')
    await expect(arr).toContainText('$430,000')
    // a key that nobody described
    await expect(fields.getByRole('row').filter({ hasText: 'region_code' })).toContainText('N-7')
    await fields.getByRole('button', { name: 'History of ARR' }).press('Enter')
    const history = page.getByRole('dialog', { name: 'History of ARR' })
    await expect(history).toContainText('$420,000')
    await expect(history).toContainText('Alice Administrator')
    expect(await axe(page)).toEqual([])
  })

  test.describe('in the tree', () => {
    test.use({ allow: { console: /status of 400/ } })
    test('a place below itself is refused with the reason, any other is taken @long', async ({ page }) => {
      const { id } = await halden(page, 'tree')
      await open(page, id, 'family')
      const family = page.getByRole('region', { name: 'Family', exact: true })
      await expect(family.getByRole('row').filter({ hasText: 'Cold Chain tree' })).toContainText('$88,000')
      await expect(family.getByRole('row').filter({ hasText: 'Halden tree' })).toContainText('$508,000')
      await page.getByRole('button', { name: 'Move in the tree' }).press('Enter')
      const dialog = page.getByRole('dialog', { name: 'Move Halden tree' })
      await expect(dialog.getByLabel('New parent')).toBeFocused()
      await page.keyboard.type('cold chain tree')
      await dialog.getByRole('radio', { name: 'Cold Chain tree' }).press('Space')
      await dialog.getByRole('button', { name: 'Move the account' }).press('Enter')
      await expect(dialog.getByRole('alert')).toContainText(/below|itself|cycle|circle/)
      expect(await axe(page)).toEqual([])
      await page.keyboard.press('Escape')
      await family.getByRole('button', { name: 'Move Cold Chain tree' }).click()
      await page.getByRole('radio', { name: 'No parent, at the top' }).click()
      await page.getByRole('button', { name: 'Move the account' }).click()
      await expect(page.getByText('Cold Chain tree is now at the top').first()).toBeVisible()
      await expect(family.getByRole('row')).toHaveCount(2)
    })
  })

  test.describe('against a gate', () => {
    test.use({ allow: { console: /status of 422/ } })
    test('milestones are ticked or waived with a reason, or nothing moves; a move is taken back', async ({ page }) => {
      const { id } = await halden(page, 'gate')
      await open(page, id)
      const stage = page.getByRole('main').locator('dl').first()
      await page.keyboard.press('m')
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('radio', { name: /^Expansion/ }).press('Space')
      await dialog.getByRole('button', { name: 'Move to Expansion' }).press('Enter')
      await expect(page.getByRole('dialog', { name: '2 milestones are open in Adoption' })).toBeVisible()
      expect(await axe(page)).toEqual([])
      await dialog.getByRole('button', { name: 'Cancel' }).press('Enter')
      await expect(stage).toContainText('Adoption')
      await page.getByRole('button', { name: 'Change stage' }).click()
      await dialog.getByRole('radio', { name: /^Expansion/ }).click()
      await dialog.getByRole('button', { name: 'Move to Expansion' }).click()
      await dialog.getByRole('checkbox', { name: /Key users trained/ }).check()
      await expect(dialog).toContainText('1 left')
      await dialog.getByRole('listitem').filter({ hasText: 'Data imported' }).getByRole('button', { name: 'Waive' }).click()
      await page.keyboard.type('They enter it by hand')
      await dialog.getByRole('button', { name: 'Move to Expansion' }).click()
      await expect(stage).toContainText('Expansion')
      await page.getByRole('button', { name: /^Undo/ }).click()
      await expect(stage).toContainText('Adoption')
      await expect(page.getByRole('region', { name: 'Adoption milestones' })).toContainText('waived: They enter it by hand')
    })
  })

  test('a milestone is ticked where it stands @long', async ({ page }) => {
    const { id } = await halden(page, 'tick')
    await open(page, id)
    const milestones = page.getByRole('region', { name: 'Adoption milestones' })
    await expect(milestones).toContainText('0 of 2')
    await milestones.getByRole('checkbox', { name: 'Done: Data imported' }).press('Space')
    await expect(milestones).toContainText('1 of 2')
    await page.reload()
    await expect(milestones).toContainText('1 of 2')
  })

  test('a customer that is lost is frozen, and says so @long', async ({ page }) => {
    const { id } = await halden(page, 'lost')
    await open(page, id)
    await page.keyboard.press('m')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: /^Churned/ }).press('Space')
    await dialog.getByRole('button', { name: 'Move to Churned' }).press('Enter')
    await expect(dialog).toContainText('Say why the customer was lost.')
    await dialog.getByLabel('Reason').fill('Bought by a competitor')
    await dialog.getByRole('button', { name: 'Move to Churned' }).click()
    await expect(page.getByText('This customer is lost.')).toBeVisible()
    expect(await axe(page)).toEqual([])
  })

  test('a playbook is tried before it runs @long', async ({ page }) => {
    const { id } = await halden(page, 'playbook')
    await rpc(page, 'save_playbook', { playbook: { name: 'Call them', trigger_criteria: { event: { kind: 'manual' } }, actions: [{ kind: 'task', title: 'Call {{account_name}}', due_in_days: 1, assignee: 'csm' }], is_active: true } })
    await open(page, id)
    await page.getByRole('button', { name: 'Run playbook' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Run a playbook' })
    await dialog.getByRole('radio', { name: /^Call them/ }).press('Space')
    await dialog.getByRole('button', { name: 'Try it' }).press('Enter')
    await expect(dialog.getByRole('status')).toContainText('It would run:')
    await expect(dialog.getByRole('status')).toContainText('Nothing was written.')
    expect(await axe(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Run it now' }).press('Enter')
    await expect(page.getByRole('region', { name: 'Timeline' })).toContainText('Playbook ran: Call them')
    await tab(page, 'Automation').click()
    await expect(page.getByRole('region', { name: 'Runs', exact: true })).toContainText('Ran')
    await page.getByLabel('Playbook', { exact: true }).selectOption({ label: 'Call them' })
    await expect(page.getByRole('region', { name: 'Why did it not run?' }).getByRole('listitem').first()).toBeVisible()
  })
})

test.describe('by two people', () => {
  test.use({ allow: { console: /status of 409/ } })
  test('both values of a field are shown, one keeps or takes; another field is no conflict', async ({ page }) => {
    const { id } = await halden(page, 'conflict')
    const other = async (patch: object) => {
      const answer = await page.request.post('/rest/v1/rpc/update_account', { data: { account_id: id, patch }, headers: { Origin: new URL(page.url()).origin, 'X-CS-Client': '01900000-0000-7000-8000-000000000001' } })
      expect(answer.ok()).toBe(true)
    }
    await open(page, id, 'fields')
    const fields = page.getByRole('region', { name: 'Fields', exact: true })
    const arr = fields.getByRole('button', { name: /^Change: ARR/ })
    const edit = async (value: string, meanwhile: object) => {
      await arr.click()
      await other(meanwhile)
      await fields.getByRole('textbox', { name: 'ARR' }).fill(value)
      await page.keyboard.press('Enter')
    }
    const dialog = page.getByRole('dialog')
    await edit('430000', { crm_attributes: { arr: 400_000 } })
    await expect(dialog).toContainText('$400,000')
    await expect(dialog).toContainText('$430,000')
    await expect(dialog).toContainText('Alice Administrator changed this')
    expect(await axe(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Take theirs' }).press('Enter')
    await expect(arr).toContainText('$400,000')
    await edit('450000', { crm_attributes: { arr: 410_000 } })
    await dialog.getByRole('button', { name: 'Keep mine' }).click()
    await expect(arr).toContainText('$450,000')
    await edit('460000', { crm_attributes: { industry: 'Rail' } })
    await expect(arr).toContainText('$460,000')
    await expect(dialog).toHaveCount(0)
    await expect(fields.getByRole('row').filter({ hasText: 'Industry' })).toContainText('Rail')
    const [account] = (await (await page.request.get(`/rest/v1/accounts?select=crm_attributes&id=eq.${id}`)).json()) as { crm_attributes: { arr: number; industry: string } }[]
    expect(account!.crm_attributes).toMatchObject({ arr: 460_000, industry: 'Rail' })
  })
})

test.describe('by role', () => {
  const writes = (id: string) =>
    [
      ['log_activity', { account_id: id, kind: 'note', body: 'x' }],
      ['update_account', { account_id: id, patch: { name: 'x' } }],
      ['move_account_stage', { account_id: id, to_stage: 'Renewal' }],
      ['set_health_override', { account_id: id, score: 1, reason: 'x' }],
      ['save_contact', { account_id: id, contact: { full_name: 'x' } }],
    ] as const

  async function as(page: Page, browser: Browser, role: string, name: string) {
    const { id, child } = await halden(page, role.toLowerCase())
    const other = await colleague(page, browser, role, 'Cora Mendes')
    await rpc(page, 'share_account', { account_id: id, user_id: other.user_id })
    await other.page.goto(at(id))
    await expect(title(other.page, name)).toBeVisible()
    return { id, child, seen: other.page }
  }
  const refusals = async (page: Page, id: string) => {
    const origin = new URL(page.url()).origin
    const codes: Record<string, string | undefined> = {}
    for (const [name, data] of writes(id)) {
      const answer = await page.request.post(`/rest/v1/rpc/${name}`, { data, headers: { Origin: origin } })
      if (!answer.ok()) codes[name] = ((await answer.json()) as { code: string }).code
    }
    return codes
  }

  test('a Viewer reads everything and changes nothing', async ({ page, browser }) => {
    const { id, seen } = await as(page, browser, 'Viewer', 'Halden viewer')
    await expect(seen.getByRole('region', { name: 'Details' })).toContainText('Transport')
    await expect(seen.getByLabel('What happened')).toHaveCount(0)
    for (const name of [/^Log/, 'Change stage', 'Run playbook', 'Add a contact', /^Change:/]) await expect(seen.getByRole('button', { name })).toHaveCount(0)
    await expect(seen.getByRole('checkbox').first()).toBeDisabled()
    await expect(tab(seen, 'Automation')).toHaveCount(0)
    await seen.getByRole('button', { name: 'More actions' }).click()
    await expect(seen.getByRole('menuitem')).toHaveText(['Print', 'Copy link'])
    await seen.keyboard.press('Escape')
    await seen.keyboard.press('m')
    await expect(seen.getByRole('dialog')).toHaveCount(0)
    expect(await axe(seen)).toEqual([])
    expect(await refusals(seen, id)).toEqual({ log_activity: '42501', update_account: '42501', move_account_stage: '42501', set_health_override: '42501', save_contact: '42501' })
  })

  test('a Contributor works on own accounts, and edits none', async ({ page, browser }) => {
    const { id, child, seen } = await as(page, browser, 'Contributor', 'Halden contributor')
    await expect(seen.getByRole('button', { name: 'Change stage' })).toBeVisible()
    await expect(seen.getByRole('button', { name: 'Run playbook' })).toBeVisible()
    await expect(seen.getByRole('button', { name: /^Change:/ })).toHaveCount(0)
    await expect(seen.getByRole('button', { name: 'Add a contact' })).toHaveCount(0)
    await seen.getByRole('button', { name: 'More actions' }).click()
    await expect(seen.getByRole('menuitem')).toHaveText(['Print', 'Copy link'])
    await seen.keyboard.press('Escape')
    await seen.keyboard.press('l')
    await seen.getByRole('dialog').getByLabel('What happened').fill('Spoke with the buyer')
    await seen.keyboard.press('Control+Enter')
    await expect(seen.getByRole('region', { name: 'Timeline' })).toContainText('Spoke with the buyer')
    expect(await axe(seen)).toEqual([])
    await seen.goto(at(child))
    await expect(title(seen, 'Not found, or no access')).toBeVisible()
    await seen.goto(at(id))
    await expect(title(seen, 'Halden contributor')).toBeVisible()
    expect(await refusals(seen, id)).toMatchObject({ update_account: '42501', set_health_override: '42501', save_contact: '42501' })
  })
})

test('signed out, the address of an account leads to sign-in and back @long', async ({ page }) => {
  await signIn(page)
  const id = await idOf(page, 'TechStart Solutions')
  // a page that is open would ask for something meanwhile
  await page.goto('about:blank')
  await page.context().clearCookies()
  await page.goto(at(id, 'journey'))
  await expect(page.getByLabel('E-mail')).toBeVisible()
  await logIn(page)
  await page.goto(at(id, 'journey'))
  await expect(page.getByRole('region', { name: 'Stages', exact: true })).toBeVisible()
})
