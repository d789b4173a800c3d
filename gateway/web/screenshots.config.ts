// Owns the set-up of make screenshots: the same browser and sites as the tests, but pictures instead of assertions.
import { defineConfig } from '@playwright/test'
import tests from './playwright.config'

export default defineConfig({
  ...tests,
  testDir: 'screenshots',
  testMatch: '*.shots.ts',
  fullyParallel: true,
  grepInvert: undefined,
  timeout: 600_000,
  use: { ...tests.use, trace: 'off', reducedMotion: 'reduce' },
})
