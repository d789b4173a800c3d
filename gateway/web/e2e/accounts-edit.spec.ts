// Changes in the list itself, the way to an account and beside it, what is done with a selection, and columns by dragging.
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { axe, expect, list, rpc, signIn, test } from './fixtures'

const row = (page: Page, name: string) => list(page).getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
const csmOf = (sql: (statement: string) => string, name: string) => sql(`select email from cs.users where id = (select csm_id from cs.accounts where name = '${name}')`)
const bar = (page: Page) => page.getByRole('region', { name: 'Selection' })

test('the CSM and the status are changed in their cells, by mouse and by keyboard', async ({ page, sql }) => {
  await signIn(page, '/dashboard/accounts?cols=name,csm,status')
  const before = csmOf(sql, 'GlobalTech Europe')
  const cell = row(page, 'GlobalTech Europe').getByRole('button', { name: 'Change: CSM, GlobalTech Europe' })
  const choices = page.getByRole('combobox', { name: 'CSM, GlobalTech Europe' })
  try {
    await cell.click()
    await choices.selectOption({ label: 'Bob Builder' })
    await expect(cell).toContainText('Bob Builder')
    await expect.poll(() => csmOf(sql, 'GlobalTech Europe')).toBe('bob@acme.com')
    await expect(cell).toBeFocused()
    // Escape leaves it
    await cell.press('Enter')
    await expect(choices).toBeFocused()
    expect(await axe(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect(cell).toBeVisible()
    await expect(cell).toContainText('Bob Builder')
    // e on the name takes the first cell of the row, on a cell that one
    await row(page, 'GlobalTech Europe').getByRole('link').focus()
    await page.keyboard.press('e')
    await expect(choices).toBeFocused()
    await choices.selectOption({ label: 'Alice Administrator' })
    await expect.poll(() => csmOf(sql, 'GlobalTech Europe')).toBe('admin@acme.com')
    const status = row(page, 'GlobalTech Europe').getByRole('button', { name: 'Change: Status, GlobalTech Europe' })
    await status.focus()
    await page.keyboard.press('e')
    await page.getByRole('combobox', { name: 'Status, GlobalTech Europe' }).selectOption('Paused')
    await expect(status).toContainText('Paused')
    await status.click()
    await page.getByRole('combobox', { name: 'Status, GlobalTech Europe' }).selectOption('Active')
    await expect(status).toContainText('Active')
  } finally {
    sql(`update cs.accounts set status = 'Active', csm_id = (select id from cs.users where email = '${before}') where name = 'GlobalTech Europe'`)
  }
})

test.describe('when a colleague was faster', () => {
  test.use({ allow: { console: /status of 409|ERR_FAILED/ } })
  test('both values are shown with who and when: theirs is taken, then mine is kept @long', async ({ page, sql }) => {
    await signIn(page, '/dashboard/accounts?cols=name,csm,status')
    const { rows } = await rpc<{ rows: { id: string; name: string; csm_id: string }[] }>(page, 'search_accounts', {})
    const { id, csm_id } = rows.find(({ name }) => name === 'GlobalTech Europe')!
    const bob = sql("select id from cs.users where email = 'bob@acme.com'")
    const cell = row(page, 'GlobalTech Europe').getByRole('button', { name: 'Change: CSM, GlobalTech Europe' })
    const choices = page.getByRole('combobox', { name: 'CSM, GlobalTech Europe' })
    // the list does not hear of what is changed elsewhere
    await page.route('**/rpc/search_accounts', (route) => route.abort())
    try {
      await rpc(page, 'update_account', { account_id: id, patch: { csm_id: bob } })
      await cell.click()
      await choices.selectOption({ label: 'No CSM' })
      const dialog = page.getByRole('dialog', { name: /^Alice Administrator changed this/ })
      await expect(dialog.getByRole('row', { name: /CSM, GlobalTech Europe Bob Builder No CSM/ })).toBeVisible()
      expect(await axe(page)).toEqual([])
      await dialog.getByRole('button', { name: 'Take theirs' }).click()
      await expect(dialog).toHaveCount(0)
      expect(csmOf(sql, 'GlobalTech Europe')).toBe('bob@acme.com')
      await cell.click()
      await choices.selectOption({ label: 'No CSM' })
      await dialog.getByRole('button', { name: 'Keep mine' }).press('Enter')
      await expect.poll(() => csmOf(sql, 'GlobalTech Europe')).toBe('')
      await page.unroute('**/rpc/search_accounts')
      await page.getByRole('button', { name: 'Refresh' }).click()
      await expect(cell).toContainText('None')
    } finally {
      sql(`update cs.accounts set csm_id = '${csm_id}' where id = '${id}'`)
    }
  })
})

test('a name leads to its page, by press, Enter and o; the drawer is beside @long', async ({ page }) => {
  await signIn(page)
  await row(page, 'TechStart Solutions').getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name: 'TechStart Solutions' })).toBeVisible()
  await page.goBack()
  await row(page, 'GlobalTech Europe').getByRole('link').press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'GlobalTech Europe' })).toBeVisible()
  await page.goBack()
  await row(page, 'GlobalTech Europe').getByRole('link').focus()
  await page.keyboard.press('o')
  await expect(page.getByRole('heading', { level: 1, name: 'GlobalTech Europe' })).toBeVisible()
  await page.goBack()
  await page.getByRole('button', { name: 'Tree' }).click()
  await page.getByRole('treegrid').getByRole('link', { name: 'GlobalTech Europe' }).focus()
  await page.keyboard.press('Space')
  await expect(page.getByRole('dialog', { name: 'GlobalTech Europe' })).toBeVisible()
})

test('a file of what is selected @long', async ({ page }) => {
  await signIn(page)
  await page.getByRole('checkbox', { name: 'Select GlobalTech Europe' }).check()
  await page.getByRole('checkbox', { name: 'Select TechStart Solutions' }).check()
  const save = async (entry: string) => {
    await bar(page).getByRole('button', { name: 'More for the selection' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: entry }).click()
    return (await readFile(await (await download).path(), 'utf8')).trim().split('\r\n')
  }
  const some = await save('Export as shown, CSV')
  expect(some).toHaveLength(3)
  expect(some[1]).toContain('GlobalTech Europe')
  await bar(page).getByRole('button', { name: 'Select all 3 matching' }).click()
  const all = await save('Export raw values, CSV')
  expect(all).toHaveLength(4)
  expect(all[0]).toMatch(/(^|\uFEFF)name,/)
})

test('a playbook runs for a selection: tried first, the reasons of the others as a file @long', async ({ page, sql }) => {
  await signIn(page)
  const name = `By hand ${Date.now()}`
  const draft = { name, trigger_criteria: { event: { kind: 'manual' }, when: { field: 'name', op: 'contains', value: 'GlobalTech' } }, actions: [{ kind: 'task', title: 'Call them', due_in_days: 1, assignee: 'csm' }], is_active: true }
  const { id } = await rpc<{ id: string }>(page, 'save_playbook', { playbook: draft })
  const tasks = () => Number(sql(`select count(*) from cs.activities where body like 'Call them%' or body = 'Call them'`))
  const before = tasks()
  try {
    await page.getByRole('checkbox', { name: 'Select the 3 loaded accounts' }).check()
    await bar(page).getByRole('button', { name: 'Run playbook' }).click()
    const dialog = page.getByRole('dialog', { name: 'Run a playbook for 3 accounts' })
    await dialog.getByLabel('Playbook').selectOption({ label: name })
    await dialog.getByRole('button', { name: 'Try it' }).press('Enter')
    await expect(dialog).toContainText('It would run for 2 accounts, not for 1 Nothing is written yet.')
    expect(tasks()).toBe(before)
    expect(await axe(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Run for 2 accounts' }).press('Enter')
    await expect(dialog).toContainText('The playbook ran for 2 accounts, not for 1')
    expect(tasks()).toBe(before + 2)
    await expect(dialog.getByRole('button', { name: 'Undo' })).toHaveCount(0)
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(bar(page)).toHaveCount(0)
  } finally {
    await rpc(page, 'delete_playbook', { playbook_id: id })
    sql(`delete from cs.activities where body like 'Call them%'`)
  }
})

test('columns are moved by dragging their handle; Escape leaves them @long', async ({ page }) => {
  await signIn(page)
  const heads = () => list(page).getByRole('columnheader').allInnerTexts().then((all) => all.map((one) => one.trim()).filter(Boolean))
  await expect.poll(heads).toEqual(['Account', 'Health', '12 weeks', 'ARR', 'Stage, days of target', 'Renewal', 'CSM', 'Last touch'])
  await page.getByRole('button', { name: 'Columns' }).click()
  const menu = page.getByRole('dialog', { name: 'Columns' })
  const place = async (key: string) => {
    const box = (await menu.locator(`[data-column="${key}"] [data-handle]`).boundingBox())!
    return [box.x + box.width / 2, box.y + box.height / 2] as const
  }
  const drag = async (from: string, to: string) => {
    await page.mouse.move(...(await place(from)))
    await page.mouse.down()
    await page.mouse.move(...(await place(to)), { steps: 6 })
  }
  await drag('csm', 'health')
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await expect(menu).toBeVisible()
  await drag('csm', 'health')
  await page.mouse.up()
  await expect.poll(heads).toEqual(['Account', 'CSM', 'Health', '12 weeks', 'ARR', 'Stage, days of target', 'Renewal', 'Last touch'])
  await drag('csm', 'renewal')
  await page.mouse.up()
  await expect.poll(heads).toEqual(['Account', 'Health', '12 weeks', 'ARR', 'Stage, days of target', 'Renewal', 'CSM', 'Last touch'])
})
