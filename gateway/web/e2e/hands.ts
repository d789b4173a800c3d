// Two ways to do the same: with the mouse, and with the keyboard alone. Each finds what it wants as a person would: the one by
// pointing at it, the other by Tab and Shift+Tab until it has the focus.
import type { Locator, Page } from '@playwright/test'
import { expect } from './fixtures'
import { carry } from './board'

export type Hand = {
  press: (target: Locator) => Promise<void>
  tab: (target: Locator) => Promise<void>
  tick: (target: Locator) => Promise<void>
  write: (target: Locator, text: string) => Promise<void>
  choose: (target: Locator, label: string) => Promise<void>
  /** From the column a card is in to the one `steps` columns before it. */
  carryBack: (card: Locator, to: Locator, steps: number) => Promise<void>
}

export function mouse(page: Page): Hand {
  return {
    press: (target) => target.click(),
    tab: (target) => target.click(),
    tick: (target) => target.click(),
    async write(target, text) {
      await target.click({ clickCount: 3 })
      await (text ? page.keyboard.type(text) : page.keyboard.press('Backspace'))
    },
    // the list of a select is the system's own, beyond the page
    choose: async (target, label) => void (await target.selectOption({ label })),
    async carryBack(card, to) {
      await carry(page, card, to)
      await page.mouse.up()
    },
  }
}

const MOST = 150

export function keyboard(page: Page): Hand {
  const isThere = (target: Locator) => target.evaluate((it) => it === document.activeElement)

  async function reach(target: Locator) {
    await expect(target).toBeVisible()
    for (let n = 0; n < MOST; n++) {
      if (await isThere(target)) return
      const isBefore = await target.evaluate((it) => document.activeElement !== document.body && (it.compareDocumentPosition(document.activeElement!) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0)
      await page.keyboard.press(isBefore ? 'Shift+Tab' : 'Tab')
    }
    throw new Error(`Tab does not lead to ${target}`)
  }

  return {
    async press(target) {
      await reach(target)
      await page.keyboard.press('Enter')
    },
    // one of them is on the way of the Tab key, the arrows go on
    async tab(target) {
      await reach(target.locator('xpath=..').getByRole('tab', { selected: true }))
      for (let n = 0; n < 12 && !(await isThere(target)); n++) await page.keyboard.press('ArrowRight')
    },
    async tick(target) {
      await reach(target)
      await page.keyboard.press('Space')
    },
    async write(target, text) {
      await reach(target)
      await page.keyboard.press('Control+a')
      await (text ? page.keyboard.type(text) : page.keyboard.press('Backspace'))
    },
    async choose(target, label) {
      await reach(target)
      await page.keyboard.press('Home')
      const chosen = () => target.evaluate((it: HTMLSelectElement) => it.selectedOptions[0]?.label)
      for (let n = 0; n < 30 && (await chosen()) !== label; n++) await page.keyboard.press('ArrowDown')
      await expect.poll(chosen).toBe(label)
    },
    async carryBack(card, _to, steps) {
      await reach(card.getByRole('button', { name: /with the arrow keys$/ }))
      await page.keyboard.press('Space')
      for (let n = 0; n < steps; n++) await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('Space')
    },
  }
}
