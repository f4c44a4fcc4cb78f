import { useEffect, useState } from 'react'
import { clsx } from 'clsx'
import { Monitor, Moon, Sun } from 'lucide-react'
import { keepTheme, readTheme, type Theme } from '~/i18n/choice'
import { useT } from '~/i18n/use-t'

const themes = [
  { theme: 'system', Icon: Monitor },
  { theme: 'light', Icon: Sun },
  { theme: 'dark', Icon: Moon },
] as const

export function ThemePicker({ className }: { className?: string }) {
  const t = useT('common')
  const { theme, choose } = useTheme()

  return (
    <div
      role="group"
      aria-label={t('theme')}
      className={clsx('flex gap-1 rounded-md bg-sunken p-0.5', className)}
    >
      {themes.map(({ theme: offered, Icon }) => (
        <button
          key={offered}
          type="button"
          aria-pressed={theme === offered}
          aria-label={t(`theme.${offered}`)}
          title={t(`theme.${offered}`)}
          onClick={() => choose(offered)}
          className={clsx(
            'grid h-(--control-small) min-w-9 flex-1 place-items-center rounded-sm transition-colors [&>svg]:size-4',
            theme === offered ? 'bg-surface text-ink shadow-hair' : 'text-faint hover:text-ink',
          )}
        >
          <Icon aria-hidden="true" />
        </button>
      ))}
    </div>
  )
}

/** The choice is known only in the browser, so the first drawing says “system”. */
export function useTheme() {
  const [theme, setTheme] = useState<Theme>('system')
  useEffect(() => setTheme(readTheme()), [])

  return {
    theme,
    choose(next: Theme) {
      keepTheme(next)
      setTheme(next)
    },
  }
}
