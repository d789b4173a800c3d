// Starts the pages: language, providers, router.
import { StrictMode } from 'react'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import * as z from 'zod/mini'
import { onSessionEnded } from '@/features/auth/session'
import { loadLanguage } from '@/lib/i18n'
import { applyPreferences, preferences } from '@/lib/preferences'
import { createQueryClient } from '@/lib/query'
import '@/layout/theme'
import './index.css'
import { makeRouter } from './router'

// for the strict content policy: zod must not compile functions
z.config({ jitless: true })

const client = createQueryClient(() => void onSessionEnded(router, client))
const router = makeRouter(client)

applyPreferences(preferences.get())
await loadLanguage()

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
