// Starts the pages: language, nonce, providers, router.
import { StrictMode } from 'react'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { setNonce } from 'get-nonce'
import { createRoot } from 'react-dom/client'
import * as z from 'zod/mini'
import { onSessionEnded } from '@/features/auth/session'
import { loadLanguage } from '@/lib/i18n'
import { createQueryClient } from '@/lib/query'
import '@/layout/theme'
import './index.css'
import { makeRouter } from './router'

// for the strict content policy: menus add one style element, which needs the nonce, and zod must not compile functions
setNonce(document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '')
z.config({ jitless: true })

const client = createQueryClient(() => void onSessionEnded(router, client))
const router = makeRouter(client)

await loadLanguage()

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
