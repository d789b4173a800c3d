// Set-up of the unit tests: matchers, and English regardless of the machine's language.
import '@testing-library/jest-dom/vitest'

Object.defineProperty(navigator, 'languages', { value: ['en-US'], configurable: true })
