// Owns the browser tests' set-up: gateways that already run, one for each worker (SITES; or a single one, GATEWAY_URL), and the
// system's Chromium. Tests marked @long are left out unless CS_LONG is set.
import { defineConfig } from '@playwright/test'

const sites = JSON.parse(process.env.SITES ?? '[{}]') as unknown[]

export default defineConfig({
  testDir: 'e2e',
  workers: sites.length,
  grepInvert: process.env.CS_LONG ? undefined : /@long/,
  retries: 0,
  // a machine that builds something else meanwhile is slow, not wrong
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: 'line',
  use: {
    viewport: { width: 1280, height: 900 },
    locale: 'en-US',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
