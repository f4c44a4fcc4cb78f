import type { GetManualChunk } from 'rollup'

/**
 * Small files pack badly and each is a question over a slow line, so what a page needs at once comes in few pieces: what every
 * page needs, what the first screen of a phone shares with pages elsewhere, and what only the phone needs.
 */
const entry = '/app/entry.client.tsx'
const everyPage = [entry, '/app/root.tsx']
const firstOfPhone = ['/app/routes/collector/layout.tsx', '/app/routes/collector/home.tsx']
const isOfPhone = (id: string) => /\/app\/routes\/(collector|technician)\//.test(id)

type ModuleInfo = Parameters<GetManualChunk>[1]
type Reach = { base: Set<string>; first: Set<string>; elsewhere: Set<string> }

/** All asking of one build share what was found: the modules do not change between the questions. */
const reaches = new WeakMap<ModuleInfo['getModuleIds'], Reach>()

export const chunkOf: GetManualChunk = (id, graph) => {
  // React and Remix change rarely: in a chunk of their own, a new version of the app leaves them cached.
  if (isFramework(id)) return 'framework'
  // It runs when it arrives, so nothing else may bring it: the document loads its routes first.
  if (id.endsWith(entry)) return undefined

  const reach = reaches.get(graph.getModuleIds) ?? reachIn(graph)
  reaches.set(graph.getModuleIds, reach)
  if (reach.base.has(id)) return 'base'
  if (!reach.first.has(id)) return undefined
  return reach.elsewhere.has(id) ? 'shared' : 'phone'
}

function reachIn(graph: ModuleInfo): Reach {
  const ids = [...graph.getModuleIds()]
  const named = (files: ReadonlyArray<string>) =>
    ids.filter((id) => files.some((file) => id.endsWith(file)))
  const routesElsewhere = ids.filter((id) => /\/app\/routes\/[^?]+$/.test(id) && !isOfPhone(id))

  return {
    base: reachedFrom(named(everyPage), graph),
    first: reachedFrom(named(firstOfPhone), graph),
    elsewhere: reachedFrom(routesElsewhere, graph),
  }
}

/** Everything that must be here before these can run. */
function reachedFrom(starts: ReadonlyArray<string>, { getModuleInfo }: ModuleInfo) {
  const reached = new Set(starts)
  for (const id of reached) {
    const { code, importedIds } = getModuleInfo(id) ?? { code: '', importedIds: [] }
    for (const next of importedIds) {
      if (!isIcons(next)) reached.add(next)
      else for (const icon of iconsIn(code ?? '', getModuleInfo(next))) reached.add(icon)
    }
  }
  return reached
}

/** The icons that this code imports: their list reaches thousands, and who imports the list uses a few. */
function iconsIn(code: string, list: ReturnType<ModuleInfo['getModuleInfo']>) {
  const names = /import\s*\{([^}]*)\}\s*from\s*["']lucide-react["']/.exec(code)?.[1] ?? ''
  return names.split(',').flatMap((name) => {
    const line = list?.code
      ?.split('\n')
      .find((text) => text.includes(` as ${name.trim().split(' ')[0]},`))
    const file = /icons\/[\w-]+\.mjs/.exec(line ?? '')?.[0]
    return list?.importedIds.filter((id) => file !== undefined && id.endsWith(`/${file}`)) ?? []
  })
}

const isIcons = (id: string) => id.endsWith('/lucide-react.mjs')

function isFramework(id: string) {
  return /node_modules\/(react|react-dom|scheduler|react-router|react-router-dom|@remix-run\/[a-z]+)\//.test(
    id,
  )
}
