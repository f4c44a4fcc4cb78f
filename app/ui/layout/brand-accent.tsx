import { brandStyle } from '~/ui/base/brand'

/** Puts the tenant's colour in place of ours, dialogs and toasts included. */
export function BrandAccent({ color }: { color?: string | null }) {
  const style = color ? brandStyle(color) : null
  return style ? <style dangerouslySetInnerHTML={{ __html: style }} /> : null
}
