import { useT } from '~/i18n/use-t'
import { PhoneHeader } from '~/ui/layout/phone-shell'

export default function TechnicianHome() {
  const t = useT('technician')
  return (
    <>
      <PhoneHeader title={t('home.title')} />
      <section className="rounded-xl border border-line bg-surface px-6 pt-8 pb-10 text-center shadow-hair">
        <NapBox />
        <h2 className="mt-7 text-xl font-semibold">{t('home.empty.title')}</h2>
        <p className="mx-auto mt-2 max-w-sm text-soft text-pretty">{t('home.empty.body')}</p>
      </section>
      <p className="mt-4 text-center text-sm text-faint">{t('home.empty.hint')}</p>
    </>
  )
}

/** A NAP box with its ports free: a drop cable comes in, none goes out yet. */
function NapBox() {
  const ports = [0, 1, 2, 3, 4, 5, 6, 7]
  return (
    <svg viewBox="0 0 240 140" className="mx-auto w-56 max-w-full" fill="none" aria-hidden="true">
      <g stroke="var(--line-strong)" strokeWidth="2" strokeLinecap="round">
        <path d="M4 22h58a18 18 0 0 1 18 18v8" stroke="var(--accent)" strokeWidth="2.500" />
        <path d="M236 122h-20M200 122h-12M172 122h-6" opacity="0.7" />
        <rect x="60" y="48" width="120" height="84" rx="12" fill="var(--sunken)" />
        <path d="M60 74h120" />
      </g>
      <circle cx="80" cy="61" r="4" fill="var(--accent)" />
      <path d="M94 61h40" stroke="var(--line-strong)" strokeWidth="3" strokeLinecap="round" />
      {ports.map((port) => (
        <rect
          key={port}
          x={73 + (port % 4) * 25}
          y={port < 4 ? 83 : 107}
          width="19"
          height="16"
          rx="4"
          fill="var(--surface)"
          stroke="var(--line-strong)"
          strokeWidth="1.500"
        />
      ))}
    </svg>
  )
}
