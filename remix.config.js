import { buildServiceWorkers, compressAssets, writePhoneRoutes } from './offline-shell.js'

/** @type {import('@remix-run/dev').VitePluginConfig} */
export const remixConfig = {
  ignoredRouteFiles: ['**/*'],
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_singleFetch: true,
    v3_routeConfig: true,
    // Off: the offline shell must know every route before anything is asked of the network.
    v3_lazyRouteDiscovery: false,
    unstable_optimizeDeps: true,
  },
  async buildEnd({ viteConfig, remixConfig }) {
    await writePhoneRoutes(remixConfig.buildDirectory)
    await buildServiceWorkers(viteConfig.root, remixConfig.buildDirectory)
    await compressAssets(`${remixConfig.buildDirectory}/client`)
  },
}
