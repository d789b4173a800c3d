// The end of an account: deleted with a reason, from its page and from the list; and two accounts that become one.
import type { Page } from '@playwright/test'
import { axe, colleague, expect, list, rpc, signIn, test } from './fixtures'
import { keyboard, mouse } from './hands'

const unique = () => `${Date.now()}-${Math.floor(Math.random() * 1e6)}`

async function make(page: Page, name: string, patch: object = {}) {
  const mark = unique()
  const { id } = await rpc<{ id: string }>(page, 'upsert_account', { external_id: `END-${mark}`, patch: { name: `${name} ${mark}`, ...patch } })
  return { id, name: `${name} ${mark}` }
}

test.afterEach(({ sql }) => {
  // from below
  for (const level of [2, 1, 0]) sql(`delete from cs.accounts where external_id like 'END-%' and hierarchy_level = ${level}`)
})

test('an account is deleted from its page, with what names it shown and a reason; one with subsidiaries is not', async ({ page, sql }) => {
  await signIn(page)
  const parent = await make(page, 'Parent')
  const child = await make(page, 'Child', { parent_id: parent.id })
  const view = await rpc<{ id: string }>(page, 'save_view', { view: { page: 'accounts', name: `Names ${child.name}`, criteria: { field: 'id', op: 'in', value: [child.id] } } })
  await rpc(page, 'save_contact', { account_id: child.id, contact: { full_name: 'Eve' } })
  const dialog = page.getByRole('dialog')
  const open = async (id: string) => {
    await page.goto(`/dashboard/accounts/${id}`)
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Delete account' }).click()
  }
  await open(parent.id)
  await expect(dialog).toContainText('1 account stands below it.')
  await expect(dialog.getByRole('button', { name: 'Delete account' })).toHaveAttribute('aria-disabled', 'true')
  expect(await axe(page)).toEqual([])
  await dialog.getByRole('link', { name: 'Show the family' }).click()
  await expect(page.getByRole('tab', { name: /Family/ })).toHaveAttribute('aria-selected', 'true')
  await open(child.id)
  await expect(dialog).toContainText('1 contact')
  await expect(dialog.getByRole('link', { name: `Names ${child.name}` })).toBeVisible()
  await dialog.getByRole('button', { name: 'Delete account' }).click()
  await expect(dialog).toContainText('Say why the account is deleted.')
  expect(await axe(page)).toEqual([])
  await dialog.getByLabel('Reason').fill('It was a test.')
  await dialog.getByRole('button', { name: 'Delete account' }).press('Enter')
  await expect(page.getByText(`${child.name} was deleted.`).first()).toBeVisible()
  await expect(page).toHaveURL(/\/dashboard\/accounts(\?|$)/)
  expect(sql(`select reason from cs.deleted_accounts where id = '${child.id}'`)).toBe('It was a test.')
  await rpc(page, 'delete_view', { view_id: view.id })
  // the audit log says why
  await page.goto('/dashboard/admin/audit?object=accounts&action=delete')
  const line = page.getByRole('button').filter({ hasText: child.name })
  await expect(line).toContainText('It was a test.')
  await line.press('Enter')
  await expect(page.getByRole('listitem').filter({ hasText: child.name })).toContainText('Reason: It was a test.')
})

for (const hand of [mouse, keyboard]) {
  test(`one selected account is deleted from the list by ${hand.name} @long`, async ({ page, sql }) => {
    await signIn(page)
    const { id, name } = await make(page, 'Lone')
    await page.goto(`/dashboard/accounts?q=${encodeURIComponent(name)}`)
    const { tick, press, write } = hand(page)
    await tick(list(page).getByRole('checkbox', { name: `Select ${name}` }))
    await press(page.getByRole('button', { name: 'More for the selection' }))
    await page.getByRole('menuitem', { name: 'Delete account' }).press('Enter')
    await write(page.getByRole('dialog').getByLabel('Reason'), 'Never was one.')
    await press(page.getByRole('dialog').getByRole('button', { name: 'Delete account' }))
    await expect(list(page)).toHaveCount(0)
    expect(sql(`select count(*) from cs.accounts where id = '${id}'`)).toBe('0')
  })
}

async function openMerge(page: Page, id: string) {
  await page.goto(`/dashboard/accounts/${id}`)
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Merge into' }).click()
  return page.getByRole('dialog', { name: /^Merge .* with another account/ })
}

async function choose(page: Page, name: string) {
  await page.getByRole('button', { name: /^Other account/ }).press('Enter')
  await page.getByLabel('Find an account').fill(name)
  await page.getByRole('list', { name: 'Accounts' }).getByRole('button', { name }).click()
}

test('two accounts become one: rehearsed without a trace, swapped, merged, and the one that stays is shown @long', async ({ page, sql }) => {
  await signIn(page)
  const one = await make(page, 'Halden')
  const two = await make(page, 'Halden Ltd', { crm_attributes: { industry: 'Logistics' } })
  await rpc(page, 'save_contact', { account_id: two.id, contact: { full_name: 'Eve', email: 'eve@halden.example' } })
  await rpc(page, 'log_activity', { account_id: two.id, kind: 'note', body: 'Hello' })
  const dialog = await openMerge(page, one.id)
  await expect(dialog.getByRole('button', { name: 'Merge accounts' })).toHaveAttribute('aria-disabled', 'true')
  await choose(page, two.name)
  // the account that is chosen stays
  await expect(dialog).toContainText(`Stage, scores and parent of ${two.name} stay as they are.`)
  await dialog.getByRole('button', { name: 'Swap' }).press('Enter')
  await expect(dialog).toContainText(`Stage, scores and parent of ${one.name} stay as they are.`)
  await expect(dialog.getByText('Contacts moved')).toBeVisible()
  await expect(dialog).toContainText(`Taken from ${two.name}, because it is empty there: Industry.`)
  expect(await axe(page)).toEqual([])
  expect(sql(`select count(*) from cs.accounts where id in ('${one.id}', '${two.id}')`)).toBe('2')
  await dialog.getByRole('button', { name: 'Merge accounts' }).press('Enter')
  await expect(page.getByText(`${two.name} was merged into ${one.name}.`).first()).toBeVisible()
  await expect(page).toHaveURL(new RegExp(one.id))
  await expect(page.getByText('eve@halden.example')).toBeVisible()
  expect(sql(`select merged_into from cs.deleted_accounts where id = '${two.id}'`)).toBe(one.id)
})

test('who may not delete is not offered it, and is refused @long', async ({ page, browser }) => {
  await signIn(page)
  const { id, name } = await make(page, 'Kept')
  const other = await colleague(page, browser, 'Practitioner', 'Paul Practitioner')
  await other.page.goto(`/dashboard/accounts/${id}`)
  await expect(other.page.getByRole('heading', { name })).toBeVisible()
  await other.page.getByRole('button', { name: 'More actions' }).click()
  await expect(other.page.getByRole('menuitem', { name: 'Print' })).toBeVisible()
  await expect(other.page.getByRole('menuitem', { name: 'Delete account' })).toHaveCount(0)
  for (const [call, data] of [['delete_account', { account_id: id, reason: 'x' }], ['merge_accounts', { keep: id, merged: id }]] as const) {
    const answer = await other.page.request.post(`/rest/v1/rpc/${call}`, { data, headers: { Origin: new URL(other.page.url()).origin } })
    expect([answer.status(), ((await answer.json()) as { code: string }).code], call).toEqual([403, '42501'])
  }
  await other.page.context().close()
})

test.describe('what is refused', () => {
  test.use({ allow: { console: /status of 400/ } })

  test('the account to keep may not stand below subsidiaries of the other one @long', async ({ page }) => {
    await signIn(page)
    const one = await make(page, 'Top')
    const middle = await make(page, 'Middle', { parent_id: one.id })
    const below = await make(page, 'Below', { parent_id: middle.id })
    const dialog = await openMerge(page, one.id)
    await choose(page, below.name)
    await expect(dialog.getByRole('alert')).toContainText('the account to keep stands below subsidiaries of the other one')
    await expect(dialog.getByRole('button', { name: 'Merge accounts' })).toHaveAttribute('aria-disabled', 'true')
  })
})
