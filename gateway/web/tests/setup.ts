// Set-up of the unit tests: matchers, and English regardless of the machine's language.
import '@testing-library/jest-dom/vitest'
import { configure } from '@testing-library/react'

// a busy machine takes longer than the usual second
configure({ asyncUtilTimeout: 5_000 })

Object.defineProperty(navigator, 'languages', { value: ['en-US'], configurable: true })
