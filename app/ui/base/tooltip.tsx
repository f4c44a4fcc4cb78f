import { Tooltip as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

const WAIT_MILLISECONDS = 300

/** Explains what stands there in a few words. Never the only place of something a person needs. */
export function Tooltip({ text, children }: { text: ReactNode; children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={WAIT_MILLISECONDS}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-64 rounded-sm bg-ink px-2.5 py-1.5 text-xs text-canvas shadow-pop data-[state=delayed-open]:animate-fade"
          >
            {text}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  )
}
