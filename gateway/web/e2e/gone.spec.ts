// What is gone is told: before it goes, what names it; after that, above each list that names it.
import { axe, expect, rpc, signIn, test } from './fixtures'

type Stages = { version: string; stages: { id: string; name: string }[] }

test.afterEach(({ sql }) => {
  sql("delete from cs.saved_views where name like 'Gone %'")
  sql("delete from cs.journey_stages where name like 'Gone %'")
  sql("delete from cs.custom_fields where key like 'gone_%'")
})

test('before a field is archived what names it is shown; then the list and the tab of the view say so @long', async ({ page }) => {
  const key = `gone_${Date.now()}`
  await signIn(page)
  await rpc(page, 'save_custom_field', { field: { key, label: `Gone ${key}`, type: 'text' } })
  const { id } = await rpc<{ id: string }>(page, 'save_view', { view: { page: 'accounts', name: `Gone ${key}`, criteria: { field: `crm_attributes.${key}`, op: 'is_not_set' } } })
  await page.goto('/dashboard/admin/fields')
  await page.getByRole('button', { name: `Edit Gone ${key}` }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Archive' }).press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('Still named in 1 place')
  expect(await axe(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Archive anyway' }).press('Enter')
  await expect(page.getByRole('button', { name: `Use Gone ${key} again` })).toBeVisible()

  await page.goto('/dashboard/accounts')
  const tab = page.getByRole('navigation', { name: 'Views', exact: true }).getByRole('link', { name: new RegExp(`Gone ${key}`) })
  await expect(tab).toContainText('names something that is gone')
  await tab.click()
  await expect(page).toHaveURL(new RegExp(id))
  const banner = page.getByRole('status').filter({ hasText: 'This filter does not find what it was meant to' })
  await expect(banner).toContainText(/archived|no longer in use/)
  expect(await axe(page)).toEqual([])
  await banner.getByRole('button', { name: 'Edit filter' }).press('Enter')
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Apply filter' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('navigation', { name: 'Views', exact: true }).getByRole('link', { name: /^All/ }).click()
  await expect(banner).toHaveCount(0)
})

test('before a stage is deleted what names it is shown, with the way there @long', async ({ page }) => {
  const name = `Gone ${Date.now()}`
  await signIn(page)
  const version = await rpc<string>(page, 'stages_version', {})
  const { stages } = await rpc<Stages>(page, 'save_stages', { changes: [{ name, display_order: 900, color_hex: '#888888' }], expected_version: version })
  const stage = stages.find((one) => one.name === name)!
  await rpc(page, 'save_view', { view: { page: 'accounts', name, criteria: { field: 'stage', op: 'eq', value: stage.id } } })
  await page.goto('/dashboard/admin/stages')
  await page.getByRole('button', { name: `More for ${name}` }).press('Enter')
  await page.getByRole('menuitem', { name: 'Delete stage' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: `Delete the stage ${name}?` })
  await expect(dialog.getByRole('link', { name })).toHaveAttribute('href', /dashboard\/accounts\?/)
  expect(await axe(page)).toEqual([])
  await dialog.getByRole('button', { name: `Delete ${name}` }).press('Enter')
  await expect(dialog).toHaveCount(0)
  await page.goto('/dashboard/accounts')
  await page.getByRole('navigation', { name: 'Views', exact: true }).getByRole('link', { name: new RegExp(name) }).click()
  await expect(page.getByRole('button', { name: 'Edit filter' })).toBeVisible()
})
