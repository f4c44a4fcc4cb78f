import type { SubmissionResult } from '@conform-to/react'
import { useFetcher, useRevalidator, type SubmitFunction } from '@remix-run/react'
import { useEffect } from 'react'
import { OPENED_FOR } from '~/domain/opened-for'
import { formatCount, formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Banner } from '~/ui/base/banner'
import { Button, LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Progress } from '~/ui/base/progress'
import { Stat } from '~/ui/base/stat'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import type { RunStanding } from './run-state'

type Run = {
  id: string
  period: string
  standing: RunStanding
  expected_count: number
  seen_count: number
  invoice_count: number
  exception_count: number
  total_minor: number
  last_error: string | null
}

const LOOK_AGAIN_MILLISECONDS = 3_000

/** How far the run is. While somebody who may run billing watches, the page itself drives it on. */
export function RunProgress({ run }: { run: Run }) {
  const t = useT('billing')
  const format = useFormat()
  const { can } = useOffice()
  const command = useFetcher<SubmissionResult>()
  const refusal = command.data?.error?.['']?.[0]
  const mayRun = can('billing.run')
  useSteps(run, mayRun && !refusal, command)

  return (
    <Card
      footer={
        <div className="flex flex-wrap justify-end gap-2">
          {run.invoice_count > 0 ? (
            <LinkButton variant="quiet" to={`/office/invoices?run=${run.id}`}>
              {t('run.list')}
            </LinkButton>
          ) : null}
          {mayRun ? <RunButton run={run} command={command} /> : null}
        </div>
      }
    >
      <Stat
        size="hero"
        label={t('run.total')}
        value={<Money minor={run.total_minor} />}
        hint={t('run.invoices', { count: run.invoice_count })}
      />
      <div className="mt-5">
        {run.standing === 'done' ? (
          <Banner
            kind={run.exception_count > 0 ? 'warn' : 'success'}
            title={run.exception_count > 0 ? t('run.done_but') : t('run.done')}
          >
            {t('run.done_body', {
              invoices: t('run.invoices', { count: run.invoice_count }),
              total: formatMoney(run.total_minor),
              exceptions:
                run.exception_count > 0
                  ? t('run.exceptions', { count: run.exception_count })
                  : t('run.exceptions_none'),
            })}
          </Banner>
        ) : (
          <Progress
            label={t('run.progress', { month: format.month(run.period) })}
            done={run.seen_count}
            of={Math.max(run.expected_count, 1)}
            hint={t('run.progress_hint', {
              seen: formatCount(run.seen_count),
              expected: formatCount(run.expected_count),
            })}
          />
        )}
      </div>
      {(refusal ?? (run.standing === 'failed' ? run.last_error : null)) ? (
        <Banner kind="danger" title={t('run.failed_step')} className="mt-4">
          {refusal ?? run.last_error}
        </Banner>
      ) : null}
    </Card>
  )
}

function RunButton({ run, command }: { run: Run; command: { submit: SubmitFunction } }) {
  const t = useT('billing')
  const { id } = useOffice()
  const step = { intent: 'step', period: run.period }
  const buttons = {
    running: { label: t('run.pause'), sends: { intent: 'pause', run_id: run.id } },
    paused: { label: t('run.continue'), sends: { intent: 'resume', run_id: run.id } },
    failed: { label: t('run.continue'), sends: { intent: 'resume', run_id: run.id } },
    stopped: { label: t('run.continue'), sends: step },
    done: { label: t('run.again'), sends: step },
  }
  const { label, sends } = buttons[run.standing]
  const isWaiting = ['paused', 'failed', 'stopped'].includes(run.standing)
  return (
    <Button
      variant={isWaiting ? 'primary' : 'secondary'}
      onClick={() => command.submit({ ...sends, [OPENED_FOR]: id }, { method: 'post' })}
    >
      {label}
    </Button>
  )
}

type Command = { state: string; submit: SubmitFunction }

/** One step after the other; those who may only look see the progress of whoever runs it. */
function useSteps(run: Run, mayStep: boolean, command: Command) {
  const { id } = useOffice()
  const { revalidate } = useRevalidator()
  const isRunning = run.standing === 'running'
  const isIdle = command.state === 'idle'
  const { submit } = command
  const { period, seen_count } = run

  useEffect(() => {
    if (!isRunning || !isIdle) return
    if (mayStep) {
      submit({ intent: 'step', period, [OPENED_FOR]: id }, { method: 'post' })
      return
    }
    const pause = setTimeout(revalidate, LOOK_AGAIN_MILLISECONDS)
    return () => clearTimeout(pause)
  }, [isRunning, isIdle, mayStep, submit, period, id, seen_count, revalidate])
}
