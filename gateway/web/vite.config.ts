/// <reference types="vitest/config" />
// Owns the build: nonce placeholder for the gateway, chunks, test set-up, proxy to a gateway while developing.
import path from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const gateway = process.env.GATEWAY_URL ?? 'http://127.0.0.1:8080'

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
