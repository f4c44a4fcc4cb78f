import { clsx } from 'clsx'
import { LogoMark } from './logo'

export type Isp = { name: string; logoUrl?: string | null; brandColor?: string | null }

/** Whose system this is. On every screen, because one person may work for several. */
export function IspName({ isp, className }: { isp: Isp; className?: string }) {
  return (
    <span className={clsx('flex min-w-0 items-center gap-2.5', className)}>
      {isp.logoUrl ? (
        <img
          src={isp.logoUrl}
          alt=""
          className="size-8 shrink-0 rounded-md bg-white object-contain"
        />
      ) : (
        <LogoMark className="size-8" />
      )}
      <span className="line-clamp-2 leading-tight font-semibold">{isp.name}</span>
    </span>
  )
}
