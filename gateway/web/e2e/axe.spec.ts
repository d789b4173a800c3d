import { expect, list, axe, signIn, test } from './fixtures'

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, { tag: colorScheme === 'dark' ? ['@long'] : [] }, () => {
    test.use({ colorScheme })

    test('sign-in', async ({ page }) => {
      await page.goto('/login?reason=ended')
      await expect(page.getByLabel('E-mail')).toBeVisible()
      expect(await axe(page)).toEqual([])
      await page.getByRole('button', { name: 'Sign in' }).click()
      expect(await axe(page)).toEqual([])
      await page.getByLabel('E-mail').fill('nobody@acme.com')
      await page.getByLabel('Password', { exact: true }).fill('wrong')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('alert')).toBeVisible()
      expect(await axe(page)).toEqual([])
    })

    test('the other pages before sign-in', async ({ page }) => {
      for (const path of ['/signup', '/forgotten']) {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        expect(await axe(page), path).toEqual([])
      }
    })

    test('executive, with everything that opens over it', async ({ page }) => {
      test.slow()
      await signIn(page, '/dashboard/executive')
      await expect(page.getByRole('region', { name: 'Portfolio growth' }).first().getByRole('table')).toBeVisible()
      expect(await axe(page)).toEqual([])
      await page.getByRole('button', { name: 'More for Health trend' }).click()
      expect(await axe(page)).toEqual([])
      await page.getByRole('menuitem', { name: 'Show data' }).click()
      await page.getByRole('button', { name: 'CSM, stage' }).click()
      await expect(page.getByRole('menu')).toBeVisible()
      expect(await axe(page)).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Look at TechStart Solutions' }).click()
      await expect(page.getByRole('dialog', { name: 'TechStart Solutions' })).toContainText('$85,000')
      expect(await axe(page)).toEqual([])
      await page.keyboard.press('Escape')
      for (const open of ['Control+k', '?']) {
        await page.keyboard.press(open)
        await expect(page.getByRole('dialog')).toBeVisible()
        expect(await axe(page), open).toEqual([])
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toBeHidden()
      }
      await page.keyboard.press('Control+k')
      await page.keyboard.type('zzzz')
      await expect(page.getByText('No results for zzzz')).toBeVisible()
      expect(await axe(page)).toEqual([])
      await page.keyboard.press('Escape')
      await page.setViewportSize({ width: 390, height: 844 })
      expect(await axe(page)).toEqual([])
    })

    test('parts and own settings', async ({ page }) => {
      test.slow()
      await signIn(page, '/dashboard/executive')
      await page.goto('/dashboard/parts')
      await expect(page.getByRole('region', { name: 'ARR bridge' })).toBeVisible()
      expect(await axe(page)).toEqual([])
      for (const [i, name] of ['dialog', 'drawer', 'conflict'].entries()) {
        await page.locator('#parts-layers button').nth(i + 1).click()
        await expect(page.getByRole('dialog')).toBeVisible()
        expect(await axe(page), name).toEqual([])
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toBeHidden()
      }
      await page.goto('/dashboard/me')
      await expect(page.getByText('programs that act as you')).toBeVisible()
      await page.getByRole('button', { name: 'Make a token' }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      expect(await axe(page)).toEqual([])
    })

    test('accounts, with each menu and state', async ({ page }) => {
      await signIn(page)
      expect(await axe(page)).toEqual([])
      for (const menu of [/^User menu/, /^Theme/]) {
        await page.getByRole('button', { name: menu }).click()
        await expect(page.getByRole('menu')).toBeVisible()
        expect(await axe(page)).toEqual([])
        await page.keyboard.press('Escape')
      }
      await page.goto('/dashboard/accounts?layout=tree')
      await expect(page.getByRole('treegrid')).toContainText('GlobalTech Europe')
      expect(await axe(page)).toEqual([])
      await page.goto('/dashboard/accounts?level=Critical')
      await expect(list(page).getByRole('rowheader')).toHaveCount(1)
      expect(await axe(page)).toEqual([])
      const layers: [string, () => Promise<void>][] = [
        ['new account', () => page.getByRole('button', { name: 'New account' }).click()],
        ['import', () => page.getByRole('button', { name: 'Import' }).click()],
        ['save view', () => page.getByRole('button', { name: 'Save view' }).click()],
        ['change of many', async () => { await page.getByRole('checkbox', { name: 'Select TechStart Solutions' }).check(); await page.getByRole('button', { name: 'More for the selection' }).click(); await page.getByRole('menuitem', { name: 'Set field' }).click() }],
        ['builder', async () => { await page.getByRole('button', { name: 'Filter', exact: true }).click(); await page.getByRole('button', { name: 'All conditions and groups' }).click() }],
      ]
      for (const [name, show] of layers) {
        await show()
        await expect(page.getByRole('dialog')).toBeVisible()
        expect(await axe(page), name).toEqual([])
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toHaveCount(0)
      }
      await page.getByLabel('Filter accounts').fill('zebra')
      await expect(page.getByText('No account matches')).toBeVisible()
      expect(await axe(page)).toEqual([])
    })

    test('accounts on a phone, with the sheet', async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 })
      await signIn(page)
      expect(await axe(page)).toEqual([])
      await page.getByRole('button', { name: 'Open navigation' }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      expect(await axe(page)).toEqual([])
    })

    test('a page that is not there', async ({ page }) => {
      await page.goto('/nowhere')
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      expect(await axe(page)).toEqual([])
    })
  })
}
