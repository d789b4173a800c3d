// Set-up of the unit tests: matchers, and English, whole, regardless of the machine's language.
import '@testing-library/jest-dom/vitest'
import { configure } from '@testing-library/react'
import { addWords, type Part } from '@/lib/i18n'
import { late } from '@/lib/i18n/en/late'

// a busy machine takes longer than the usual second
configure({ asyncUtilTimeout: 5_000 })

Object.defineProperty(navigator, 'languages', { value: ['en-US'], configurable: true })

await addWords(...(Object.keys(late) as Part[]))
