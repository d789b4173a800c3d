// The pages as an installed app: the manifest is read within the policy, its icons are what it says, its colors are those of the pages.
import { expect, signIn, test } from './fixtures'

type Icon = { src: string; sizes: string; type: string; purpose: string }

test('Chromium finds nothing that keeps it from being installed', async ({ page }) => {
  await page.goto('/login')
  const browser = await page.context().newCDPSession(page)
  const { url, errors, data } = await browser.send('Page.getAppManifest')
  expect(errors).toEqual([])
  expect(new URL(url).pathname).toBe('/manifest.webmanifest')
  expect(JSON.parse(data!)).toMatchObject({ name: 'Customer Success', display: 'standalone', start_url: '/', scope: '/' })
  const { installabilityErrors } = await browser.send('Page.getInstallabilityErrors')
  // a window of its own for each test is a private one
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([])
})

test('the manifest and its icons are what they say @long', async ({ page, request }) => {
  const answer = await request.get('/manifest.webmanifest')
  expect(answer.headers()['content-type']).toBe('application/manifest+json')
  const { icons } = (await answer.json()) as { icons: Icon[] }
  expect(icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual(['any any', '192x192 any', '512x512 any', '512x512 maskable'])
  await page.goto('/login')
  const touch = await page.locator('link[rel="apple-touch-icon"]').getAttribute('href')
  for (const { src, sizes, type } of [...icons, { src: touch!, sizes: '180x180', type: 'image/png' }]) {
    expect((await request.get(src)).headers()['content-type']).toBe(type)
    if (sizes === 'any') continue
    const size = await page.evaluate(async (from) => {
      const image = new Image()
      image.src = from
      await image.decode()
      return `${image.naturalWidth}x${image.naturalHeight}`
    }, src)
    expect(size, src).toBe(sizes)
  }
})

test('what is around the pages has their color, also where a theme was chosen @long', async ({ page }) => {
  await signIn(page)
  const bars = page.locator('meta[name="theme-color"]')
  const [light, dark] = await bars.evaluateAll((all) => all.map((one) => one.getAttribute('content')))
  const ground = () =>
    page.evaluate(() => {
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!
      canvas.fillStyle = getComputedStyle(document.body).backgroundColor
      canvas.fillRect(0, 0, 1, 1)
      return `#${[...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => part.toString(16).padStart(2, '0')).join('')}`
    })
  expect(await ground()).toBe(light)
  await page.getByRole('button', { name: /^Theme/ }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await expect.poll(ground).toBe(dark)
  expect(await bars.evaluateAll((all) => all.map((one) => one.getAttribute('content')))).toEqual([dark, dark])
})
