// The tour of docs/demo.md: its six steps, once by mouse and once by keyboard alone, on the sample; afterwards all is as it was.
import type { Page } from '@playwright/test'
import { card, cardIn, column } from './board'
import { clear, tenant } from './automation-helpers'
import { expect, list, person, rpc, signUp, test, type Site } from './fixtures'
import { keyboard, mouse, type Hand } from './hands'

// what is not found must leave time to put things back
test.use({ actionTimeout: 30_000 })

const to = (page: Page, name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true })
const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })
const trail = (page: Page) => page.getByRole('navigation', { name: 'Breadcrumb' })
const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

async function signInByHand(page: Page, hand: Hand) {
  await page.goto('/')
  await hand.write(page.getByLabel('E-mail'), person.email)
  await hand.write(page.getByLabel('Password', { exact: true }), person.password)
  await page.keyboard.press('Enter')
  await expect(title(page, 'Executive')).toBeVisible()
}

async function tenantsAreApart(page: Page, hand: Hand, foreign: string) {
  const own = page.getByRole('navigation', { name: 'Accounts of Acme Corporation' })
  await expect(own.getByRole('link')).toHaveText(['GlobalTech Corporation', 'GlobalTech Europe', 'TechStart Solutions'])
  await hand.press(to(page, 'Accounts'))
  await expect(list(page).getByRole('rowheader')).toHaveCount(3)
  await hand.write(page.getByPlaceholder('Name, domain, stage, CSM'), foreign)
  await expect(list(page).getByRole('rowheader')).toHaveCount(0)
  await hand.write(page.getByPlaceholder('Name, domain, stage, CSM'), '')
  await expect(list(page).getByRole('rowheader')).toHaveCount(3)
}

async function familyIsSeen(page: Page, hand: Hand) {
  await hand.press(list(page).getByRole('link', { name: 'GlobalTech Europe', exact: true }))
  await expect(title(page, 'GlobalTech Europe')).toBeVisible()
  await expect(trail(page)).toHaveText('Acme Corporation/GlobalTech Corporation/GlobalTech Europe')
  await expect(part(page, 'Family')).toContainText('It has no subsidiaries.')
  await hand.press(part(page, 'Family').getByRole('link', { name: 'GlobalTech Corporation' }))
  await expect(title(page, 'GlobalTech Corporation')).toBeVisible()
  await expect(part(page, 'Family').getByRole('link', { name: 'GlobalTech Europe' })).toBeVisible()
}

async function scoreIsExplained(page: Page, hand: Hand) {
  await hand.press(to(page, 'Executive'))
  await expect(part(page, 'Health').getByText('Critical')).toBeVisible()
  await hand.press(page.locator('#revenue-at-risk').getByRole('link', { name: 'TechStart Solutions' }))
  await expect(part(page, 'Why this score').getByText(/^weight 25$/)).toHaveCount(4)
  await hand.press(to(page, 'Admin'))
  await hand.tab(page.getByRole('tab', { name: 'Health weighting' }))
  await hand.write(page.getByRole('textbox', { name: 'Weight of Support' }), '40')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/computed in/)).toBeVisible()
  await hand.press(page.getByRole('button', { name: 'Discard' }))
  await expect(page.getByRole('textbox', { name: 'Weight of Support' })).toHaveValue('25')
}

async function cardIsMoved(page: Page, hand: Hand) {
  await hand.press(to(page, 'Journey'))
  await expect(page.locator('section.kcol')).toHaveCount(7)
  await hand.press(page.getByRole('navigation', { name: 'Stages' }).getByRole('button', { name: 'At Risk 1' }))
  await hand.carryBack(card(page, 'TechStart Solutions'), column(page, 'Renewal'), 1)
  await expect(cardIn(page, 'Renewal', 'TechStart Solutions')).toBeVisible()
  await expect(page.getByText('TechStart Solutions moved from At Risk to Renewal').first()).toBeVisible()
  await hand.press(card(page, 'TechStart Solutions').getByRole('link', { name: 'TechStart Solutions' }))
  await hand.tab(page.getByRole('tab', { name: 'Journey' }))
  const [now, before] = [part(page, 'History').getByRole('row').nth(1), part(page, 'History').getByRole('row').nth(2)]
  await expect(now).toContainText(/Renewal.*At Risk.*still here.*Alice Administrator/)
  await expect(before).toContainText(/^At Risk/)
  await expect(before).not.toContainText('still here')
}

async function playbookIsBuilt(page: Page, hand: Hand, name: string, receiver: string) {
  await hand.press(to(page, 'Automation'))
  await expect(page.getByRole('switch', { name: 'Health alert is on' })).toBeChecked()
  await expect(page.getByRole('switch', { name: 'Stage transition is on' })).toBeChecked()
  await hand.tab(page.getByRole('tab', { name: 'Webhook queue' }))
  await expect(page.getByRole('row').filter({ hasText: 'GlobalTech Corporation' }).filter({ hasText: 'Pending' })).toBeVisible()
  await hand.press(page.getByRole('link', { name: 'New playbook' }))
  await hand.write(page.getByLabel('Name', { exact: true }), name)
  await hand.choose(page.getByLabel('What happens', { exact: true }), 'Health score falls')
  await hand.write(page.getByLabel('Threshold'), '40')
  await hand.press(page.getByRole('button', { name: 'Condition' }))
  await page.keyboard.type('renewal')
  await page.keyboard.press('Enter')
  // it is ready for its number: "Time to renewal is at most …"
  await expect(page.getByRole('spinbutton', { name: 'Value (days)' })).toBeFocused()
  await page.keyboard.type('90')
  await hand.choose(page.getByLabel('Action', { exact: true }), 'Send a Slack message')
  await hand.write(page.getByLabel('Slack webhook address'), receiver)
  await expect(page.getByText('When the health score falls under 40, and Time to renewal is at most 90 days: send a Slack message')).toBeVisible()
  await expect(part(page, 'Matches now').first()).toContainText('TechStart Solutions')
  await hand.press(page.getByRole('button', { name: 'Activate' }))
  const dialog = page.getByRole('dialog', { name: `Switch on ${name}` })
  await expect(dialog.getByRole('radio', { name: /Only new matches/ })).toBeChecked()
  const sure = dialog.getByRole('checkbox', { name: /so many are meant/ })
  if (await sure.isVisible()) await hand.tick(sure)
  await hand.press(dialog.getByRole('button', { name: 'Switch on' }))
  await expect(page.getByRole('status').filter({ hasText: /^Active, version/ })).toBeVisible()
  await hand.press(to(page, 'Automation'))
  await hand.press(page.getByRole('button', { name: `More for ${name}` }))
  const entry = page.getByRole('menuitem', { name: 'Delete' })
  await expect(entry).toBeVisible()
  await page.keyboard.press('End')
  await expect(entry).toBeFocused()
  await page.keyboard.press('Enter')
  await hand.press(page.getByRole('dialog', { name: `Delete ${name}` }).getByRole('button', { name: 'Delete playbook' }))
  await expect(page.getByRole('switch', { name: `${name} is on` })).toHaveCount(0)
}

async function fieldsAreRead(page: Page, hand: Hand, contractEnd: string) {
  await hand.press(page.getByRole('navigation', { name: 'Accounts of Acme Corporation' }).getByRole('link', { name: 'TechStart Solutions' }))
  const details = part(page, 'Details')
  for (const text of ['ARR', '$85,000', 'Contract end', contractEnd, 'Industry', 'Software', 'Support plan', 'Standard']) await expect(details).toContainText(text)
  await hand.tab(page.getByRole('tab', { name: 'Fields' }))
  await expect(part(page, 'Fields').getByText('contract_end_date', { exact: true })).toBeVisible()
  await hand.press(part(page, 'Fields').getByRole('link', { name: 'Add a field' }))
  await hand.press(page.getByRole('button', { name: 'Add a field' }))
  await expect(page.getByRole('dialog', { name: 'New field' }).getByLabel('Label')).toBeFocused()
  await page.keyboard.press('Escape')
}

type Sql = (statement: string) => string

async function six(page: Page, other: Page, hand: Hand, site: Site, sql: Sql) {
  // six tests' worth of steps in one
  test.slow()
  const name = `Renewal rescue ${Date.now()}`
  await signUp(other, `rival-${Date.now()}`, 'Rival Works', 'Rita Rival')
  await rpc(other, 'upsert_account', { external_id: 'R-1', patch: { name: 'Rival Freight', crm_attributes: { arr: 900_000 } } })
  const began = sql('select clock_timestamp()')
  const renews = sql(`select to_char(contract_end_date, 'FMMon FMDD, YYYY') from cs.accounts where name = 'TechStart Solutions' and tenant_id = ${tenant}`)
  await signInByHand(page, hand)
  try {
    await test.step('1 multi-tenant isolation', () => tenantsAreApart(page, hand, 'Rival Freight'))
    await test.step('2 hierarchical accounts', () => familyIsSeen(page, hand))
    await test.step('3 health score', () => scoreIsExplained(page, hand))
    await test.step('4 journey', () => cardIsMoved(page, hand))
    await test.step('5 automation', () => playbookIsBuilt(page, hand, name, site.receiver))
    await test.step('6 CRM fields', () => fieldsAreRead(page, hand, renews))
  } finally {
    clear(sql, name)
    const stay = sql(`select id from cs.journey_history where to_stage = 'Renewal' and exited_at is null and account_id = (select id from cs.accounts where name = 'TechStart Solutions' and tenant_id = ${tenant})`)
    if (stay) await rpc(page, 'undo_stage_move', { history_id: stay })
    // what the move set off
    sql(`delete from cs.playbook_executions where executed_at > '${began}' and tenant_id = ${tenant}; delete from cs.webhook_queue where created_at > '${began}' and tenant_id = ${tenant}`)
  }
}

const apart = test.extend<{ other: Page }>({
  other: async ({ browser, baseURL }, use) => {
    const context = await browser.newContext({ baseURL })
    await use(await context.newPage())
    await context.close()
  },
})

apart('the six steps by mouse', ({ page, other, site, sql }) => six(page, other, mouse(page), site, sql))

apart('the six steps by keyboard alone @long', ({ page, other, site, sql }) => six(page, other, keyboard(page), site, sql))
