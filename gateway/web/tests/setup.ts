// Set-up of the unit tests: matchers, and English whatever the machine's language is.
import '@testing-library/jest-dom/vitest'

Object.defineProperty(navigator, 'languages', { value: ['en-US'], configurable: true })
