/// <reference types="vitest/config" />
// Owns the build: nonce placeholder for the gateway, chunks, test set-up, proxy to a gateway while developing.
import path from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const gateway = process.env.GATEWAY_URL ?? 'http://127.0.0.1:8080'

/** What is there as soon as someone has signed in. */
const frame =
  /src[\\/](?:lib[\\/](?!i18n|strength|rank|peek-order|next-path)|layout[\\/](?!palette|shortcut-help|sidebar-sheet)|components[\\/](?:(?!conflict-dialog|unreachable|brand)[a-z-]+|chart[\\/](?:chart-panel|donut|sparkline)|ui[\\/](?:button|disclosure|menu|menu-entries|panel|scroll-region|segmented|skeleton))\.tsx?$|features[\\/](?:notices|tasks[\\/](?:api|done)|search[\\/]api|me[\\/](?:api|preferences)|auth[\\/](?:api|session)\.))/

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { '@': path.resolve(import.meta.dirname, 'src') } },
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    target: 'es2022',
    // these know oklch, so that each colour is written once
    cssTarget: ['chrome111', 'edge111', 'firefox113', 'safari16.4'],
    manifest: true,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 2 },
            { name: 'tanstack', test: /node_modules[\\/]@tanstack[\\/]/, priority: 1 },
            // what frame and first page share with others would come in fifty small files
            { name: 'frame', test: frame },
          ],
        },
      },
    },
  },
  server: { proxy: Object.fromEntries(['/auth', '/rest', '/events', '/live', '/ready'].map((p) => [p, gateway])) },
  test: {
    environment: 'jsdom',
    globals: true,
    setupFiles: ['./tests/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'],
  },
})
