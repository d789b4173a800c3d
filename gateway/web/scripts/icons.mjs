// Renders public/favicon.svg into the icons of the installed app: npm run icons, after a change of the mark.
import { readFileSync } from 'node:fs'
import { chromium } from '@playwright/test'

const mark = readFileSync('public/favicon.svg', 'utf8')
// systems cut these into their own shapes; all of the mark lies within the inner circle they leave
const square = mark.replace('rx="8" ', '')
const icons = [
  ['public/icons/192.png', 192, mark],
  ['public/icons/512.png', 512, mark],
  ['public/icons/maskable-512.png', 512, square],
  ['public/apple-touch-icon.png', 180, square],
]

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
for (const [path, size, svg] of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<body style="margin:0">${svg.replace('<svg ', `<svg width="${size}" height="${size}" style="display:block" `)}`)
  await page.screenshot({ path, omitBackground: true })
  await page.close()
}
await browser.close()
