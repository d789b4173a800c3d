// Takes a picture at each width and in both themes, under SCREENSHOTS.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'

const folder = process.env.SCREENSHOTS ?? '../../target/screenshots'
mkdirSync(folder, { recursive: true })

export const widths = [1280, 768, 390] as const
export const themes = ['light', 'dark'] as const

/** All of a page, or with `over` what is on screen: what lies over a page does not scroll with it. */
export async function picture(page: Page, name: string, { over = false, only = widths as readonly number[] } = {}) {
  for (const width of only) {
    const height = width === 390 ? 844 : 900
    await page.setViewportSize({ width, height })
    // a viewport as high as the page, so that what sticks to its edges is where it belongs
    if (!over) {
      await page.waitForTimeout(100)
      await page.setViewportSize({ width, height: Math.max(height, await page.evaluate(() => document.documentElement.scrollHeight)) })
    }
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme })
      // the pages listen to the system's theme; drawings follow a frame later
      await page.waitForTimeout(120)
      await page.screenshot({ path: path.join(folder, `${name}-${width}-${colorScheme}.png`), animations: 'disabled', caret: 'hide' })
    }
  }
}

/** Until nothing is loading and the charts are drawn. */
export async function settled(page: Page) {
  await page.waitForFunction(() => document.querySelector('h1'))
  // this one shows for good what loading looks like
  if (page.url().includes('/dashboard/parts')) return page.waitForTimeout(1_000)
  for (let quiet = 0; quiet < 4; ) {
    await page.waitForTimeout(200)
    quiet = (await page.locator('.bone, [aria-busy=true]').count()) === 0 ? quiet + 1 : 0
  }
}
