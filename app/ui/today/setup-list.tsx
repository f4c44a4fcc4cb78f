import { Link } from '@remix-run/react'
import { clsx } from 'clsx'
import { Check, ChevronRight } from 'lucide-react'
import { useT } from '~/i18n/use-t'
import { Card } from '~/ui/base/card'
import { setupSteps, type SetupProgress } from '~/domain/setup-progress'

/** What a new ISP does first. It goes away when everything is done. */
export function SetupList({ progress }: { progress: SetupProgress }) {
  const t = useT('today')
  const steps = setupSteps(progress)
  const doneCount = steps.filter((step) => step.isDone).length

  return (
    <Card
      title={t('setup.title')}
      lead={t('setup.lead', {
        done: doneCount,
        total: steps.length,
      })}
      flush
    >
      <ol className="divide-y divide-line">
        {steps.map((step, index) => (
          <li key={step.key}>
            <Link
              to={step.to}
              className="flex items-center gap-4 px-4 py-3 hover:bg-hover focus-visible:outline-offset-[-2px] sm:px-5"
            >
              <span
                className={clsx(
                  'grid size-7 shrink-0 place-items-center rounded-full text-sm font-medium [&>svg]:size-4',
                  step.isDone
                    ? 'bg-success-soft text-success'
                    : 'border border-line-strong text-soft',
                )}
              >
                {step.isDone ? <Check aria-hidden="true" /> : index + 1}
              </span>
              <span className="min-w-0 flex-1">
                <span className={clsx('block font-medium', step.isDone && 'text-soft')}>
                  {t(`setup.${step.key}`)}
                  {step.isDone ? <span className="sr-only"> · {t('setup.done')}</span> : null}
                </span>
                {step.isDone ? null : (
                  <span className="block text-sm text-soft">{t(`setup.${step.key}_why`)}</span>
                )}
              </span>
              <ChevronRight className="size-4 shrink-0 text-faint" aria-hidden="true" />
            </Link>
          </li>
        ))}
      </ol>
    </Card>
  )
}
