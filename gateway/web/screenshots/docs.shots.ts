// The pictures of docs/demo.md, one of each step, written beside it; the sample stays as it is.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { card, carry, column } from '../e2e/board'
import { expect, list, logIn, test } from '../e2e/fixtures'
import { settled } from './camera'

const folder = path.join(import.meta.dirname, '../docs/pictures')

/** Sharp text at a third of the size of a PNG. */
async function picture(page: Page, name: string) {
  mkdirSync(folder, { recursive: true })
  await page.waitForTimeout(300)
  const browser = await page.context().newCDPSession(page)
  const { data } = await browser.send('Page.captureScreenshot', { format: 'webp', quality: 90 })
  writeFileSync(path.join(folder, `${name}.webp`), Buffer.from(data, 'base64'))
  await browser.detach()
}

async function open(page: Page, to: string) {
  await page.goto(to)
  await settled(page)
}

const account = async (page: Page, name: string, tab = '') => {
  await open(page, '/dashboard/accounts')
  await list(page).getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  if (tab) await page.getByRole('tab', { name: tab }).click()
  await settled(page)
  await page.mouse.move(0, 0)
}

test('docs, the six steps', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 })
  await page.emulateMedia({ colorScheme: 'light' })
  await logIn(page)

  await open(page, '/dashboard/accounts')
  await picture(page, '1-one-organization')

  await account(page, 'GlobalTech Europe')
  await picture(page, '2-a-family')

  await account(page, 'TechStart Solutions')
  await picture(page, '3-why-this-score')

  await open(page, '/dashboard/journey')
  await page.getByRole('navigation', { name: 'Stages' }).getByRole('button', { name: /^At Risk/ }).click()
  await carry(page, card(page, 'TechStart Solutions'), column(page, 'Renewal'))
  await picture(page, '4-a-move')
  await page.keyboard.press('Escape')
  await page.mouse.up()

  await page.setViewportSize({ width: 1280, height: 900 })
  await open(page, '/dashboard/automation/playbooks/new')
  await page.getByLabel('Name', { exact: true }).fill('Renewal rescue')
  await page.getByRole('button', { name: 'Condition' }).click()
  await page.keyboard.type('renewal')
  await page.keyboard.press('Enter')
  await page.keyboard.type('90')
  await page.getByLabel('Slack webhook address').fill('https://hooks.slack.com/services/T0A1B2C3D/B0E1F2G3H/xyz')
  await settled(page)
  await picture(page, '5-a-playbook')

  await account(page, 'TechStart Solutions', 'Fields')
  await picture(page, '6-fields')
})
