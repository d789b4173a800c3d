// Every text on screen comes through the dictionary, and has room: shown in a language whose texts are marked and a third longer.
import type { Page } from '@playwright/test'
import { LONG, people, rows } from '@/features/parts/sample'
import { expect, logIn, person, test } from './fixtures'

test.use({ locale: 'en-XA' })

/** Texts on screen or read aloud that are neither marked nor data, and controls whose text is cut. */
async function findings(page: Page, data: Set<string>) {
  const onPage = await page.evaluate(() => {
    const shown = (element: Element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    // neighbours are one text: a sentence may have parts of its own
    const blocks = new Map<Element, string>()
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      let block = node.parentElement!
      if (['SCRIPT', 'STYLE', 'KBD', 'CODE', 'PRE', 'BDI', 'OPTION'].includes(block.tagName) || block.closest('kbd, pre, code, bdi, .code') || !shown(block)) continue
      while (getComputedStyle(block).display.startsWith('inline') && block.parentElement) block = block.parentElement
      blocks.set(block, `${blocks.get(block) ?? ''} ${node.textContent}`)
    }
    found.push(...blocks.values())
    for (const element of document.body.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
      if (shown(element)) for (const name of ['aria-label', 'title', 'placeholder', 'alt']) found.push(element.getAttribute(name) ?? '')
    }
    const isCut = (element: Element) => element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== 'visible' && !element.matches('.cut, .truncate, .seg') && !element.querySelector('.cut, .truncate')
    const cut = [...document.querySelectorAll('button, a.btn, th, label, dt')].filter((element) => shown(element) && isCut(element)).map((element) => element.outerHTML.slice(0, 160))
    return { texts: found, cut }
  })
  const months = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|January|February|March|April|June|July|August|September|October|November|December'
  const known = [...data].toSorted((a, b) => b.length - a.length)
  const unmarked = onPage.texts.filter((text) => {
    let rest = text
    for (let before = ''; before !== rest; ) {
      before = rest
      rest = rest.replace(/\u27e6[^\u27e6\u27e7]*\u27e7/g, ' ')
    }
    // "in 3 days", "3m ago", from Intl
    rest = rest.replace(/\bin \d+ \w+|\b\d+ ?[a-z]+ ago\b|\b(yesterday|today|tomorrow|now)\b/g, ' ')
    for (const one of known) rest = rest.replaceAll(one, ' ')
    // a name that a drawing has no room for
    rest = rest.replace(/(\S[^\u2026]*)\u2026/g, (all, start: string) => (known.some((one) => one.startsWith(start)) ? ' ' : all))
    // numbers, money, dates, times, initials of people, the sign of a list
    rest = rest.replace(new RegExp(`\\b(${months})\\b`, 'g'), ' ').replace(/\b(AM|PM|and|or)\b|[\d.,]+[KMB]?|\b[A-Z]{1,2}\b/g, ' ')
    return /\p{L}{2,}/u.test(rest)
  })
  return { unmarked: [...new Set(unmarked)], cut: onPage.cut }
}

/** What the server has sent, and what was typed: the strings that are data. */
function collectData(page: Page) {
  const data = new Set<string>(['Customer Success', 'Deutsch', 'English', 'CSV', 'n8n'])
  const add = (value: unknown): void => {
    if (typeof value === 'string' && /\p{L}/u.test(value)) data.add(value)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(add)
  }
  page.on('response', async (response) => {
    if (!/\/(rest|auth)\//.test(response.url()) || !response.headers()['content-type']?.includes('json')) return
    add(await response.json().catch(() => null))
  })
  return data
}

test('what stands before sign-in @long', async ({ page }) => {
  const data = collectData(page)
  for (const text of [person.email, person.password]) data.add(text)
  for (const path of ['/login?reason=ended', '/signup', '/forgotten', '/nowhere']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toContainText('\u27e6')
    expect(await findings(page, data), path).toEqual({ unmarked: [], cut: [] })
  }
  await page.goto('/login')
  await page.locator('form button[type=submit]').click()
  expect(await findings(page, data)).toEqual({ unmarked: [], cut: [] })
})

for (const width of [1280, 390]) {
  test(`every page and what opens over it, ${width} px wide @long`, async ({ page }) => {
    test.slow()
    const data = collectData(page)
    await page.setViewportSize({ width, height: 900 })
    await logIn(page)
    const clean = async (what: string) => expect(await findings(page, data), what).toEqual({ unmarked: [], cut: [] })
    const over = async (what: string, open: () => Promise<void>, role: 'dialog' | 'menu' = 'dialog') => {
      await open()
      await expect(page.getByRole(role).first()).toBeVisible()
      await clean(what)
      await page.keyboard.press('Escape')
      await expect(page.getByRole(role)).toHaveCount(0)
    }
    await page.goto('/dashboard/executive')
    await expect(page.locator('#portfolio-growth table')).toBeVisible()
    await expect(page.locator('#team table')).toBeVisible()
    await clean('executive')
    for (const key of ['Control+k', '?']) await over(key, () => page.keyboard.press(key))
    await over('peek', () => page.locator('#revenue-at-risk tbody button').first().press('Enter'))
    await over('menu of a chart', () => page.locator('#renewals header button').click(), 'menu')
    await over('filter', () => page.locator('.chip-add').click(), 'menu')
    await over('tasks', () => page.locator('header button:has(.lucide-list-todo)').click())
    await page.goto('/dashboard/accounts')
    await expect(page.getByText('TechStart Solutions').filter({ visible: true }).first()).toBeVisible()
    await clean('accounts')
    const main = page.getByRole('main')
    await over('fields of the filter', () => main.locator('.chip-add').click())
    await over('builder', async () => { await main.locator('.chip-add').click(); await page.getByRole('dialog').locator('button').last().click(); await expect(page.locator('.dialog')).toBeVisible() })
    await over('new account', () => main.locator('.btn-primary').click())
    if (width > 767) {
      await over('columns', () => main.locator('button:has(.lucide-columns-3)').click())
      await over('import', () => main.locator('button:has(.lucide-upload)').click())
    }
    await over('menu of a view', () => main.locator('button:has(.lucide-ellipsis)').click(), 'menu')
    await page.goto('/dashboard/accounts?layout=tree')
    await expect(page.getByText('TechStart Solutions').filter({ visible: true }).first()).toBeVisible()
    await clean('families')
    await page.goto('/dashboard/accounts?q=zebra')
    await expect(page.getByText('zebra').first()).toBeVisible()
    data.add('zebra')
    await clean('no match')
    await page.goto('/dashboard/me')
    await expect(page.locator('main table, main .state').first()).toBeVisible()
    await clean('own settings')
    await over('token', () => page.locator('#tokens header .btn').click())
    await page.goto('/dashboard/parts')
    await expect(page.locator('#parts-bridge')).toBeVisible()
    for (const text of [LONG, ...people, ...rows.map(({ name }) => name), person.name, 'Call Dana', 'Halden Logistics', 'TechStart', 'Adoption', 'Renewal', 'zebra', '7f3a91c2', 'alice', 'correct horse']) data.add(text)
    await clean('parts')
    for (const [i, name] of ['dialog', 'drawer', 'conflict'].entries()) await over(name, () => page.locator('#parts-layers button').nth(i + 1).click())
  })
}

test('board, automation and administration @long', async ({ page }) => {
  test.slow()
  const data = collectData(page)
  await page.setViewportSize({ width: 1280, height: 900 })
  await logIn(page)
  data.add('https://hooks.slack.com/services/…')
  // without the audit log, which names columns as the database does
  const sections = ['stages', 'milestones', 'health', 'fields', 'people', 'tokens', 'receivers', 'settings', 'feeds']
  for (const path of ['journey', 'automation/playbooks', 'automation/playbooks/new', 'automation/runs', 'automation/queue', ...sections.map((one) => `admin/${one}`)]) {
    await page.goto(`/dashboard/${path}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    // what loads later is part of it
    await expect.poll(() => findings(page, data), { message: path }).toEqual({ unmarked: [], cut: [] })
  }
})
