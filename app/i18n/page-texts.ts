import type { Namespace } from './namespaces'

/** A route names the texts it shows, so that they arrive with it: `export const handle = pageTexts('portal')`. */
export function pageTexts(...texts: Array<Namespace>) {
  return { texts }
}

export function textsOfHandles(handles: ReadonlyArray<unknown>): Array<Namespace> {
  return handles.flatMap((handle) => (hasTexts(handle) ? handle.texts : []))
}

function hasTexts(handle: unknown): handle is { texts: Array<Namespace> } {
  return typeof handle === 'object' && handle !== null && 'texts' in handle
}
