// What the tests of the journey board share: an organisation of their own, accounts in stages, and ways to find and drag cards.
import type { Locator, Page } from '@playwright/test'
import { expect, logIn, rpc, signUp } from './fixtures'

const SLUG = `board-${Date.now()}-${process.pid}`
let made = false

/** One organisation for all tests of a file; Adoption holds back until its milestone is done. */
export async function enter(page: Page) {
  if (made) return logIn(page, `${SLUG}@example.test`)
  await signUp(page, SLUG, 'Halden Group', 'Alice Administrator')
  made = true
  const id = await stageId(page, 'Adoption')
  await rpc(page, 'save_milestones', { stage_id: id, changes: [{ title: 'Key users trained', is_required: true, due_after_days: 14 }, { title: 'Data imported', is_required: true }] })
}

export const slug = () => SLUG

export async function stageId(page: Page, name: string) {
  const [stage] = (await (await page.request.get(`/rest/v1/journey_stages?select=id&name=eq.${encodeURIComponent(name)}`)).json()) as { id: string }[]
  return stage!.id
}

/** A new account; names begin with a word that only its test uses. */
export async function account(page: Page, name: string, current_stage: string, crm: object = {}) {
  const { id } = await rpc<{ id: string }>(page, 'upsert_account', { external_id: `B-${name}`, patch: { name, current_stage, crm_attributes: crm } })
  return id
}

export async function open(page: Page, word: string, more = '') {
  await page.goto(`/dashboard/journey?q=${word}${more}`)
  await expect(card(page, word).first()).toBeVisible()
}

/** Also behind a dialog, where it has no role. */
export const column = (page: Page, stage: string) => page.locator(`section.kcol[aria-label="${stage}"]`)
export const card = (page: Page, name: string) => page.locator('li[data-card]').filter({ hasText: name })
export const cardIn = (page: Page, stage: string, name: string) => column(page, stage).locator('li[data-card]').filter({ hasText: name })
export const grip = (page: Page, name: string) => page.getByRole('button', { name: `Move ${name} with the arrow keys` })
export const menu = (page: Page, name: string) => page.getByRole('button', { name: `Actions for ${name}`, exact: true })
export const said = (page: Page) => page.locator('[aria-live]').filter({ hasText: /\S/ })

/** Takes a card by the mouse and holds it over a column. */
export async function carry(page: Page, from: Locator, to: Locator) {
  await to.scrollIntoViewIfNeeded()
  await from.scrollIntoViewIfNeeded()
  const start = (await from.boundingBox())!
  await page.mouse.move(start.x + 60, start.y + 40)
  await page.mouse.down()
  await page.mouse.move(start.x + 80, start.y + 50, { steps: 4 })
  const target = (await to.boundingBox())!
  await page.mouse.move(target.x + target.width / 2, target.y + 140, { steps: 8 })
}

export async function drag(page: Page, name: string, to: string) {
  await carry(page, card(page, name), column(page, to))
  await page.mouse.up()
}

export const staysOf = async (page: Page, id: string) => (await (await page.request.get(`/rest/v1/journey_history?select=to_stage&account_id=eq.${id}&order=entered_at`)).json()) as { to_stage: string }[]
