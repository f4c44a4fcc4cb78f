import { minify } from 'terser'
import type { Plugin } from 'vite'

/** What a phone loads before anything else, by the names of `chunks.ts`. */
const firstOfPhone = new Set(['framework', 'phone', 'shared', 'base'])

/** Terser makes these 5 kB smaller on the line than esbuild leaves them. It is slow, so everything else stays as it is. */
export function minifyPhone(): Plugin {
  return {
    name: 'minify-phone',
    apply: 'build',
    renderChunk: {
      order: 'post',
      async handler(code, { name }) {
        if (!firstOfPhone.has(name)) return null
        const { code: smaller } = await minify(code, {
          module: true,
          ecma: 2020,
          compress: { passes: 2 },
        })
        return smaller === undefined ? null : { code: smaller, map: null }
      },
    },
  }
}
