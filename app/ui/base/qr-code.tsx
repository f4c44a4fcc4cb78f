import { clsx } from 'clsx'
import { encode } from 'uqr'

/** Always dark on white with a quiet zone: a camera reads it in the dark theme too. */
export function QrCode({
  value,
  label,
  className,
  dense,
}: {
  value: string
  label: string
  className?: string
  /** Much on a clean screen: no room for damage. */
  dense?: boolean
}) {
  const { data, size } = encode(value, { ecc: dense ? 'L' : 'M', border: 2 })
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('')

  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className={clsx('max-w-full', className ?? 'size-40 rounded-md')}
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  )
}
