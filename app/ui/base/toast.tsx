import { Toaster as Sonner } from 'sonner'

export { toast } from 'sonner'

/** Results of what a person just did. Announced politely; errors that matter also stay on the page. */
export function Toaster() {
  return (
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
  )
}
