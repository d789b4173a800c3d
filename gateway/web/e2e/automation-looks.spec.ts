// Automation on a narrow phone and in the dark: nothing scrolls sideways, axe finds nothing.
import { expect, axe, logIn, test } from './fixtures'
import { clear, makePlaybook } from './automation-helpers'

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, { tag: '@long' }, () => {
    test.use({ colorScheme, viewport: { width: 320, height: 800 } })

    test('every part of automation at 320 px', async ({ page, sql }) => {
      test.slow()
      await logIn(page)
      const name = `Narrow ${colorScheme} ${Date.now()}`
      const when = { all: [{ field: 'arr', op: 'gte', value: 5 }, { any: [{ field: 'days_to_renewal', op: 'lte', value: 365 }, { field: 'status', op: 'in', value: ['Active', 'Paused'] }] }] }
      const { id } = await makePlaybook(page, { name, trigger_criteria: { event: { kind: 'health_drop', threshold: 60 }, when }, webhook_url: 'https://receiver.example/a/rather/long/path/of/a/webhook', actions: [{ kind: 'email', to: ['csm'], subject: 'x', body: 'y' }] })
      try {
        for (const path of ['playbooks', 'runs', 'queue', `playbooks/${id}/edit`]) {
          await page.goto(`/dashboard/automation/${path}`)
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
          if (path.endsWith('edit')) {
            await page.getByRole('button', { name: 'Try it' }).click()
            await expect(page.getByText('Nothing was written.')).toBeVisible()
          } else {
            await expect(page.getByRole('tabpanel').getByRole('list').or(page.getByRole('tabpanel').getByRole('table')).first()).toBeVisible()
          }
          expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(320)
          expect(await axe(page), path).toEqual([])
        }
      } finally {
        clear(sql, name)
      }
    })
  })
}
