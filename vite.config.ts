import { fileURLToPath } from 'node:url'
import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import { chunkOf } from './chunks.ts'
import { minifyPhone } from './minify-phone.ts'
import { remixConfig } from './remix.config.js'

declare module '@remix-run/node' {
  // Loader types say what single fetch really sends: dates stay dates.
  interface Future {
    v3_singleFetch: true
  }
}

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [tailwindcss(), remix(remixConfig), minifyPhone()],
  resolve: {
    alias: { '~': fileURLToPath(new URL('./app', import.meta.url)) },
  },
  // esbuild cannot lower to Vite's older default target.
  build: {
    target: 'es2022',
    manifest: true,
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      output: isSsrBuild ? {} : { manualChunks: chunkOf, onlyExplicitManualChunks: true },
    },
  },
  optimizeDeps: { esbuildOptions: { target: 'es2022' } },
  worker: { format: 'es' },
  server: {
    host: '127.0.0.1',
    strictPort: true,
    // Neither is the app; a page must not reload because a migration or a test was saved.
    watch: { ignored: ['**/supabase/**', '**/tests/**', '**/.data/**'] },
  },
}))
