import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/**
 * The Pro web UI: one document and its hashed assets, served by the API under /ui. Its content policy admits nothing inline,
 * so whatever Vite would write into the document has to stay a file.
 */
export default defineConfig({
  root: path('.'),
  base: '/ui/',
  publicDir: false,
  cacheDir: path('../../node_modules/.vite/ui'),
  plugins: [react()],
  build: {
    outDir: path('../../dist/ui'),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
})
