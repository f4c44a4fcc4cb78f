/**
 * Runs after both builds. Computes what the phone needs to start with no network — the shell
 * documents, the chunks its routes reach, fonts and texts — and writes it into the worker.
 */
import { createHash } from 'node:crypto'
import { readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import { build } from 'vite'
import { injectManifest } from 'workbox-build'

const phoneAreas = ['collector', 'technician']

/** Each worker keeps its own pages: which routes they start from, their styles and texts, and the documents stored for them. */
const workers = [
  {
    name: 'service-worker',
    styles: 'app/phone.css',
    routes: phoneAreas.map((area) => `app/routes/${area}/`),
    texts: ['common', 'cash', 'receipt', ...phoneAreas],
    shells: phoneAreas.map((area) => `/${area}/shell`),
    files: [
      'offline.html',
      'manifest.webmanifest',
      'favicon.ico',
      'fonts/inter-400.woff2',
      'fonts/inter-500.woff2',
      'fonts/inter-600.woff2',
      'icons/logo.svg',
      'icons/tick.svg',
      'icons/icon-192.png',
    ],
  },
  {
    name: 'receipt-worker',
    styles: 'app/styles.css',
    routes: ['app/routes/public/receipt.tsx'],
    texts: ['common', 'check'],
    shells: ['/r/shell'],
    files: ['fonts/inter-400.woff2', 'fonts/inter-600.woff2', 'icons/logo.svg'],
  },
]

export async function buildServiceWorkers(root, buildDirectory) {
  for (const worker of workers) await buildServiceWorker(root, buildDirectory, worker)
}

async function buildServiceWorker(root, buildDirectory, worker) {
  const client = join(buildDirectory, 'client')
  const files = [...(await filesOf(buildDirectory, worker)), ...worker.files]
  const shellRevision = await hashOf([
    ...files.map((file) => join(client, file)),
    join(buildDirectory, 'server/index.js'),
  ])

  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    define: {
      'process.env.NODE_ENV': '"production"',
      __PHONE_AREAS__: JSON.stringify(phoneAreas),
    },
    build: {
      outDir: client,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'es2022',
      rollupOptions: {
        input: join(root, `app/${worker.name}.ts`),
        output: { format: 'iife', entryFileNames: `${worker.name}.js` },
      },
    },
  })

  const { count, size, warnings } = await injectManifest({
    swSrc: join(client, `${worker.name}.js`),
    swDest: join(client, `${worker.name}.js`),
    globDirectory: client,
    globPatterns: files,
    dontCacheBustURLsMatching: /^assets\//,
    maximumFileSizeToCacheInBytes: 4_000_000,
    additionalManifestEntries: worker.shells.map((url) => ({ url, revision: shellRevision })),
    manifestTransforms: [
      (entries) => ({
        manifest: entries.map((entry) => ({
          ...entry,
          url: entry.url.startsWith('/') ? entry.url : `/${entry.url}`,
        })),
      }),
    ],
  })
  for (const warning of warnings) throw new Error(warning)
  console.log(`${worker.name}: ${count} files, ${Math.round(size / 1024)} kB`)
}

/** Follows static and dynamic imports from the entry, the root and every route of the worker's pages. */
async function filesOf(buildDirectory, { routes, styles, texts }) {
  const manifest = JSON.parse(
    await readFile(join(buildDirectory, '.vite/client-manifest.json'), 'utf8'),
  )
  const isStart = (key) =>
    ['app/entry.client', 'app/root', ...routes].some((start) => key.startsWith(start))
  const isForeignText = (key) => {
    const text = /^app\/i18n\/[a-z]+\/([a-z-]+)\.json$/.exec(key)
    return text !== null && !texts.includes(text[1])
  }

  // The document of a page names one sheet of styles; the root's module knows them all.
  const foreignStyles = Object.values(manifest)
    .filter(({ src }) => /\/app\/[a-z]+\.css$/.test(`/${src}`) && !src.endsWith(styles))
    .map(({ file }) => file)

  const files = new Set()
  const seen = new Set()
  const waiting = Object.keys(manifest).filter(isStart)
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (seen.has(key) || isForeignText(key)) continue
    seen.add(key)
    const chunk = manifest[key]
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file)
    waiting.push(...(chunk.imports ?? []), ...(chunk.dynamicImports ?? []))
  }

  files.add(`assets/${await routeListOf(buildDirectory, routes)}`)
  return [...files].filter((file) => !foreignStyles.includes(file))
}

/** The list of routes that the worker's pages begin with: a phone's is its own, a tenth of the whole. */
async function routeListOf(buildDirectory, routes) {
  const isPhone = routes.some((route) => route.startsWith(`app/routes/${phoneAreas[0]}/`))
  const start = isPhone ? 'phone-manifest-' : 'manifest-'
  const assets = await readdir(join(buildDirectory, 'client/assets'))
  const list = assets.find((name) => name.startsWith(start) && name.endsWith('.js'))
  if (!list) throw new Error('The route manifest is missing from the client build')
  return list
}

/**
 * A phone reads which routes there are before anything else, and knows its own only: a link to any other page loads a document.
 * The name keeps the hash of the whole list (`entry.server`).
 */
export async function writePhoneRoutes(buildDirectory) {
  const assets = join(buildDirectory, 'client/assets')
  const name = await routeListOf(buildDirectory, [])
  const [, before, list] =
    /^(\S+?=)(\{.*\});?\s*$/s.exec(await readFile(join(assets, name), 'utf8')) ?? []
  if (!list) throw new Error('The route manifest reads otherwise than expected')
  const whole = JSON.parse(list)
  const isOfPhone = (id) =>
    id === 'root' || phoneAreas.some((area) => id.startsWith(`routes/${area}/`))
  const routes = Object.fromEntries(Object.entries(whole.routes).filter(([id]) => isOfPhone(id)))
  await writeFile(
    join(assets, `phone-${name}`),
    `${before}${JSON.stringify({ ...whole, routes })};`,
  )
}

/** Brotli beside each text asset, so the server never compresses the same file twice. */
export async function compressAssets(directory) {
  const brotli = promisify(brotliCompress)
  for (const file of await filesBelow(directory)) {
    if (!/\.(js|css|svg|json|html|webmanifest|ttf)$/.test(file)) continue
    const source = await readFile(file)
    const packed = await brotli(source)
    if (packed.length < source.length) await writeFile(`${file}.br`, packed)
  }
}

async function filesBelow(directory) {
  const entries = await readdir(directory, { recursive: true })
  const files = []
  for (const entry of entries) {
    const file = join(directory, entry)
    if ((await stat(file)).isFile() && !relative(directory, file).startsWith('.vite'))
      files.push(file)
  }
  return files
}

async function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(await readFile(file))
  return hash.digest('hex').slice(0, 16)
}
