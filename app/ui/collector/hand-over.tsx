import { lazy, Suspense } from 'react'

export type HandOverQueue = {
  unsent: number
  /** What the office takes in, under seal. */
  save: () => Promise<Uint8Array<ArrayBuffer>>
}

export type HandOverProps = { queue: HandOverQueue; label?: string; variant?: 'quiet' }

const HandOverDialog = lazy(() => import('./hand-over-dialog'))

/** Only who has something to hand over waits for what draws it. */
export function HandOver(props: HandOverProps) {
  return (
    <Suspense fallback={null}>
      <HandOverDialog {...props} />
    </Suspense>
  )
}
