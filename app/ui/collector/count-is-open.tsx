import { HandCoins } from 'lucide-react'
import { useT } from '~/i18n/use-t'
import { LinkButton } from '~/ui/base/button'

/** Instead of the sums, while the collector counts: what is known must not become what is counted. */
export function CountIsOpen() {
  const t = useT('cash')
  return (
    <section className="mb-3 rounded-lg border border-accent bg-accent-soft px-5 py-4">
      <h2 className="font-semibold">{t('open.title')}</h2>
      <p className="mt-1 text-soft">{t('open.body')}</p>
      <LinkButton
        to="/collector/cash/count"
        variant="primary"
        wide
        icon={<HandCoins />}
        className="mt-3"
      >
        {t('open.go_on')}
      </LinkButton>
    </section>
  )
}
