// A forgotten password, leaving an organization, and database roles that were offered: each on people made for it.
import { axe, colleague, expect, rpc, signIn, test } from './fixtures'

test.use({ allow: { console: /status of 40[134]/ } })

async function hired(page: import('@playwright/test').Page, browser: import('@playwright/test').Browser, name: string) {
  await signIn(page)
  const one = await colleague(page, browser, 'Practitioner', name)
  await page.goto('/dashboard/admin/people')
  return one
}

test('an administrator makes a reset link, shown once, and whoever has it chooses a new password', async ({ page, browser }) => {
  const name = `Rita ${Date.now()}`
  const rita = await hired(page, browser, name)
  await page.getByRole('button', { name: `More for ${name}` }).press('Enter')
  await page.getByRole('menuitem', { name: 'Reset link' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: `Reset link for ${name}` })
  await expect(dialog).toContainText('works once, for an hour')
  await dialog.getByRole('button', { name: 'Make the link' }).press('Enter')
  const link = await dialog.getByRole('region', { name: 'Reset link' }).textContent()
  await expect(dialog).toContainText('shown only this once')
  expect(await axe(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Done' }).click()

  const other = await (await browser.newContext({ baseURL: new URL(page.url()).origin })).newPage()
  const path = new URL(link!.trim()).pathname
  await other.goto(path)
  await expect(other.getByRole('heading', { level: 1, name: 'Choose a new password' })).toBeVisible()
  expect(await axe(other)).toEqual([])
  const fresh = other.getByLabel('New password', { exact: true })
  const again = other.getByLabel('New password again', { exact: true })
  await fresh.fill('short')
  await other.getByRole('button', { name: 'Set the password' }).click()
  await expect(fresh).toHaveAttribute('aria-invalid', 'true')
  await fresh.fill('long enough to be good')
  await again.fill('long enough to be goof')
  await again.press('Enter')
  await expect(other.getByText('The two passwords differ.')).toBeVisible()
  await again.fill('long enough to be good')
  await again.press('Enter')
  await expect(other).toHaveURL(/\/dashboard\/executive/)
  await expect(other.getByText('Your new password is set').first()).toBeVisible()
  // what was open before has ended
  expect((await rita.page.request.get('/rest/v1/members?select=user_id')).status()).toBe(401)
  await other.goto(path)
  await expect(other.getByRole('heading', { level: 1, name: 'This link is no longer open' })).toBeVisible()
  await other.context().close()
  await rita.page.context().close()
})

test('a person of two organizations gets no link from one of them, and reads why @long', async ({ page, browser, sql }) => {
  const name = `Tom ${Date.now()}`
  const tom = await hired(page, browser, name)
  sql(`with other as (insert into cs.tenants (slug, name) values ('other-${Date.now()}', 'Other') returning id) insert into cs.profiles (tenant_id, user_id, full_name, role) select id, '${tom.user_id}', 'Tom', 'Viewer' from other`)
  await page.getByRole('button', { name: `More for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Reset link' }).click()
  await page.getByRole('button', { name: 'Make the link' }).click()
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('belongs to another tenant too')
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('Whoever runs the server')
  await tom.page.context().close()
})

test('a member leaves, with the accounts handed over', async ({ page, browser, sql }) => {
  const name = `Lea ${Date.now()}`
  const lea = await hired(page, browser, name)
  const external_id = `left-${Date.now()}`
  await rpc(page, 'upsert_account', { external_id, patch: { name: external_id, csm_id: lea.user_id } })
  await lea.page.goto('/dashboard/me')
  await lea.page.getByRole('button', { name: 'Leave', exact: true }).press('Enter')
  const dialog = lea.page.getByRole('dialog', { name: 'Leave Acme Corporation?' })
  await expect(dialog).toContainText('You look after 1 account.')
  const submit = dialog.getByRole('button', { name: 'Leave Acme Corporation' })
  await submit.press('Enter')
  await expect(dialog).toContainText('Choose who takes over.')
  expect(await axe(lea.page)).toEqual([])
  await dialog.getByRole('combobox').selectOption('Alice Administrator')
  await submit.press('Enter')
  await expect(lea.page.getByText('You have left the organization')).toBeVisible()
  await expect(lea.page.getByText('an administrator can make a reset link')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('Deactivated')
  sql(`delete from cs.accounts where external_id = '${external_id}'`)

  await lea.page.context().close()
})

test('the last administrator reads why they cannot leave @long', async ({ page, baseURL }) => {
  const slug = `last-${Date.now()}`
  const made = await page.request.post('/auth/signup', { data: { slug, name: slug, email: `${slug}@example.test`, password: 'long enough to be good', full_name: 'Lou Last' }, headers: { Origin: baseURL! } })
  expect(made.ok(), await made.text()).toBe(true)
  await page.goto('/dashboard/me')
  await page.getByRole('button', { name: 'Leave', exact: true }).click()
  await expect(page.getByRole('dialog')).toContainText('You are the last Tenant Admin and cannot leave.')
  await expect(page.getByRole('button', { name: `Leave ${slug}` })).toHaveAttribute('aria-disabled', 'true')
})

test('a database role that was offered is linked to a colleague and unlinked @long', async ({ page, browser, sql }) => {
  const name = `Ann ${Date.now()}`
  const role = `offered_${Date.now()}`
  sql(`create role ${role}; select cs.offer_database_role('${role}', 'acme')`)
  const ann = await hired(page, browser, name)
  const line = page.getByRole('listitem').filter({ hasText: role })
  await expect(line).toContainText('acts for nobody')
  await line.getByRole('button', { name: `Link ${role}` }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Link' }).press('Enter')
  await expect(dialog).toContainText('Choose a person.')
  await dialog.getByRole('combobox').selectOption(name)
  await dialog.getByRole('button', { name: 'Link' }).press('Enter')
  await expect(line).toContainText(name)
  expect(await axe(page)).toEqual([])
  await line.getByRole('button', { name: `Unlink ${role}` }).press('Enter')
  await expect(line).toContainText('acts for nobody')
  sql(`select cs.withdraw_database_role_offer('${role}'); drop role ${role}`)
  await ann.page.context().close()
})
