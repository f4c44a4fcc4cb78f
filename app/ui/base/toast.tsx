import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react'
import type { ExternalToast } from 'sonner'

/**
 * Results of what a person just did. Announced politely; errors that matter also stay on the page.
 * The machinery comes after the first screen is drawn: no page waits for it.
 */

const Sonner = lazy(() => import('sonner').then(({ Toaster }) => ({ default: Toaster })))

type Kind = 'message' | 'success' | 'error' | 'warning' | 'info'

function show(kind: Kind) {
  return (message: ReactNode, options?: ExternalToast) => {
    void import('sonner').then(({ toast }) => toast[kind](message, options))
  }
}

/** `toast('Printing')`, `toast.success('Receipt 0042 posted')`, `toast.error('…')`. */
export const toast = Object.assign(show('message'), {
  success: show('success'),
  error: show('error'),
  warning: show('warning'),
  info: show('info'),
})

export function Toaster() {
  const [isDrawn, setDrawn] = useState(false)
  useEffect(() => setDrawn(true), [])
  if (!isDrawn) return null

  return (
    <Suspense>
      <Sonner
        position="bottom-center"
        offset={24}
        mobileOffset={{ bottom: 88 }}
        toastOptions={{
          unstyled: true,
          classNames: {
            toast:
              'flex w-full items-center gap-3 rounded-lg border border-line bg-raised px-4 py-3 text-sm text-ink shadow-pop font-sans',
            title: 'font-medium',
            description: 'text-soft',
            icon: 'shrink-0',
            success: '[&_[data-icon]]:text-success',
            error: '[&_[data-icon]]:text-danger',
            warning: '[&_[data-icon]]:text-warn',
            actionButton:
              'ml-auto shrink-0 rounded-sm px-2 py-1 font-medium text-accent-text hover:bg-hover',
            cancelButton:
              'ml-auto shrink-0 rounded-sm px-2 py-1 font-medium text-soft hover:bg-hover',
          },
        }}
      />
    </Suspense>
  )
}
