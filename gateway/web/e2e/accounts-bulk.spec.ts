// Changes of many accounts: selection, trial, change, refusals as a file, the way back; and who may do what.
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, list, logIn, rpc, axe, signIn, test } from './fixtures'
import { makeMember } from './members'

const bar = (page: Page) => page.getByRole('region', { name: 'Selection' })
const state = (sql: (statement: string) => string) => sql("select string_agg(name || ':' || status || ':' || current_stage || ':' || coalesce(csm_id::text, ''), ' ' order by name) from cs.accounts where tenant_id = (select id from cs.tenants where slug = 'acme')")

test('all that match get another CSM: tried first, then done, then taken back', async ({ page, sql }) => {
  await signIn(page)
  const before = state(sql)
  await page.getByRole('checkbox', { name: 'Select GlobalTech Europe' }).check()
  await expect(bar(page)).toContainText('1 selected')
  await bar(page).getByRole('button', { name: 'Select all 3 matching' }).click()
  await bar(page).getByRole('button', { name: 'Assign CSM' }).click()
  const dialog = page.getByRole('dialog', { name: 'Assign the CSM of 3 accounts' })
  await dialog.getByLabel('CSM').selectOption({ label: 'Bob Builder' })
  await dialog.getByRole('button', { name: 'Try the change' }).click()
  await expect(dialog).toContainText('2 accounts would change, 1 is already so')
  expect(state(sql)).toBe(before)
  expect(await axe(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Change 2 accounts' }).click()
  await expect(page.getByText('2 accounts changed').first()).toBeVisible()
  expect(state(sql)).not.toBe(before)
  await page.getByRole('button', { name: /^Undo/ }).click()
  await expect(page.getByText('2 accounts are as they were').first()).toBeVisible()
  expect(state(sql)).toBe(before)
  await expect(dialog).toHaveCount(0)
  await expect(bar(page)).toHaveCount(0)
})

test('stage, status and a field, by keyboard; what is refused is a file with the reasons @long', async ({ page, sql }) => {
  await signIn(page)
  const before = state(sql)
  const [stage] = await rpc<{ id: string }[]>(page, 'save_milestones', {
    stage_id: sql("select id from cs.journey_stages where name = 'Adoption' and tenant_id = (select id from cs.tenants where slug = 'acme')"),
    changes: [{ title: 'Held for many', is_required: true }],
  })
  try {
    await list(page).getByRole('link', { name: 'GlobalTech Corporation' }).focus()
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await expect(bar(page)).toContainText('2 selected')
    await bar(page).getByRole('button', { name: 'Change stage' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Change the stage of 2 accounts' })
    await dialog.getByLabel('Stage').selectOption('Value Realization')
    await dialog.getByRole('button', { name: 'Try the change' }).press('Enter')
    await expect(dialog).toContainText('1 account would change, 1 is refused')
    const download = page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Save the refused as a file' }).press('Enter')
    expect(await readFile(await (await download).path(), 'utf8')).toContain('GlobalTech Europe,')
    await dialog.getByRole('button', { name: 'Change 1 account' }).press('Enter')
    await expect(dialog).toContainText('1 account changed, 1 is refused')
    await dialog.getByRole('button', { name: 'Undo' }).press('Enter')
    await expect(page.getByText('1 account is as it was').first()).toBeVisible()
    expect(state(sql)).toBe(before)
    await expect(dialog).toHaveCount(0)
  } finally {
    sql(`update cs.stage_milestones set is_active = false where title = 'Held for many'`)
    expect(stage).toBeDefined()
  }
})

test('a contributor moves own accounts, a viewer selects nothing, and the server says so too @long', async ({ page, sql }) => {
  makeMember(sql, 'cora@acme.com', 'Cora Contributor', 'Contributor')
  makeMember(sql, 'vera@acme.com', 'Vera Viewer', 'Viewer')
  sql("update cs.accounts set csm_id = (select id from cs.users where email = 'cora@acme.com') where name = 'GlobalTech Europe'")
  try {
    await logIn(page, 'cora@acme.com')
    await page.goto('/dashboard/accounts')
    await expect(list(page).getByRole('rowheader')).toContainText(['GlobalTech Europe'])
    await page.getByRole('checkbox', { name: 'Select GlobalTech Europe' }).check()
    await expect(bar(page).getByRole('button', { name: 'Change stage' })).toBeVisible()
    await expect(bar(page).getByRole('button', { name: 'Assign CSM' })).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'New account' })).toHaveCount(0)
    expect(await axe(page)).toEqual([])
    const change = { criteria: { all: [] }, change: { csm_id: null }, dry_run: true }
    expect((await page.request.post('/rest/v1/rpc/bulk_update_accounts', { data: change, headers: { Origin: new URL(page.url()).origin } })).status()).toBe(403)
    await page.context().clearCookies()
    await logIn(page, 'vera@acme.com')
    await page.goto('/dashboard/accounts')
    await expect(list(page).getByRole('rowheader')).toHaveCount(3)
    await expect(page.getByRole('checkbox', { name: /^Select/ })).toHaveCount(0)
    for (const name of ['New account', 'Import']) await expect(page.getByRole('button', { name })).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Export' })).toBeVisible()
    expect(await axe(page)).toEqual([])
    for (const [name, data] of [['bulk_update_accounts', change], ['import_accounts', { rows: [{ external_id: 'x', name: 'x' }] }], ['upsert_account', { external_id: 'x', patch: { name: 'x' } }]] as const) {
      const answer = await page.request.post(`/rest/v1/rpc/${name}`, { data, headers: { Origin: new URL(page.url()).origin } })
      expect(((await answer.json()) as { code: string }).code, name).toBe('42501')
    }
  } finally {
    sql("update cs.accounts set csm_id = (select id from cs.users where email = 'admin@acme.com') where name = 'GlobalTech Europe'")
  }
})
