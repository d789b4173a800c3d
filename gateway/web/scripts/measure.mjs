// Measures the executive page in a real browser, from GATEWAY_URL, and prints JSON: how large the first load is, when the largest
// part is painted, when the page can be used and after how many answers, how long a press takes, how far things move.
import { chromium } from '@playwright/test'
import { startKb } from './sizes.mjs'

const url = process.env.GATEWAY_URL
const rounds = Number(process.env.ROUNDS ?? 9)
const PAGE = '/dashboard/executive'
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'] })

async function signedIn() {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 900 } })
  const answer = await context.request.post('/auth/login', { data: { email: 'admin@acme.com', password: 'password123' }, headers: { Origin: url } })
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()}`)
  return context
}

// in the page: when the figures are there, after a frame that shows them
function watch() {
  globalThis.measured = { lcp: 0, what: '', shift: 0, usable: 0, pressed: 0 }
  new PerformanceObserver((list) => {
    const last = list.getEntries().at(-1)
    globalThis.measured.lcp = last.startTime
    globalThis.measured.what = last.element?.outerHTML.slice(0, 90) ?? ''
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.measured.shift += entry.value
  }).observe({ type: 'layout-shift', buffered: true })
  addEventListener('click', () => { globalThis.measured.pressed = performance.now() }, { capture: true })
  const look = () => {
    if (/\d/.test(document.querySelector('.tiles dd')?.textContent ?? '')) return requestAnimationFrame(() => { globalThis.measured.usable = performance.now() })
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

const rest = (page) => {
  const answered = []
  page.on('response', (response) => { if (response.url().includes('/rest/')) answered.push(new URL(response.url()).pathname) })
  return answered
}

async function load() {
  const context = await signedIn()
  const page = await context.newPage()
  await page.addInitScript(watch)
  await page.goto(PAGE, { waitUntil: 'networkidle' }).catch(() => undefined)
  await page.waitForFunction(() => globalThis.measured.usable > 0 && document.querySelector('#portfolio-growth table, #portfolio-growth .state'))
  await page.waitForTimeout(700)
  const found = await page.evaluate(() => globalThis.measured)
  await context.close()
  return found
}

async function press() {
  const context = await signedIn()
  const page = await context.newPage()
  await page.addInitScript(watch)
  await page.goto('/dashboard/accounts')
  await page.locator('table th[scope=row]').first().waitFor()
  await page.waitForTimeout(700)
  await page.locator('aside a[href="/dashboard/executive"]').click()
  await page.waitForFunction(() => globalThis.measured.usable > globalThis.measured.pressed && globalThis.measured.pressed > 0)
  const { usable, pressed } = await page.evaluate(() => globalThis.measured)
  await context.close()
  return usable - pressed
}

/** How many answers of the database it takes until the figures are there: all others wait for ever. */
async function answers() {
  const context = await signedIn()
  const page = await context.newPage()
  const answered = rest(page)
  await page.addInitScript(watch)
  await page.route(/\/rest\//, (route) => (route.request().url().endsWith('/rpc/executive_dashboard') ? route.continue() : new Promise(() => undefined)))
  await page.goto(PAGE)
  await page.waitForFunction(() => globalThis.measured.usable > 0, undefined, { timeout: 10_000 })
  const count = answered.length
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await context.close()
  return count
}

// the first round warms server and browser
await load()
await press()
const loads = []
const presses = []
for (let i = 0; i < rounds; i++) {
  loads.push(await load())
  presses.push(await press())
}
const result = {
  first_load_kb: startKb(),
  largest_paint_ms: loads.map((one) => one.lcp),
  usable_ms: loads.map((one) => one.usable),
  after_press_ms: presses,
  answers: await answers(),
  shift: Math.max(...loads.map((one) => one.shift)),
  largest: loads.at(-1).what,
}
await browser.close()
console.log(JSON.stringify(result))
