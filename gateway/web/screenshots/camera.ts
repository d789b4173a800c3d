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
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 })
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme })
      // the pages listen to the system's theme; drawings follow a frame later
      await page.waitForTimeout(120)
      await page.screenshot({ path: path.join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: !over, animations: 'disabled', caret: 'hide' })
    }
  }
}

/** Until nothing is loading and the charts are drawn. */
export async function settled(page: Page) {
  await page.waitForFunction(() => document.querySelectorAll('.bone').length === 0 && document.querySelector('h1'))
  await page.waitForTimeout(500)
}
