import type { SubmissionResult } from '@conform-to/react'
import { useFetcher, useRevalidator } from '@remix-run/react'
import { FileDown, Printer } from 'lucide-react'
import { useEffect } from 'react'
import { OPENED_FOR } from '~/domain/opened-for'
import { formatCount } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Banner } from '~/ui/base/banner'
import { Button, LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Progress } from '~/ui/base/progress'
import { FormRefusal } from '~/ui/office/form-refusal'
import { useOffice } from '~/ui/office/office-context'

type Batch = {
  id: string
  invoice_count: number
  part_count: number
  done_count: number
  state: 'running' | 'done' | 'failed'
  last_error: string | null
}

const LOOK_AGAIN_MILLISECONDS = 2_000

/** All invoices of a run on paper. They are made in the background; the page may be left and come back to. */
export function RunPapers(props: {
  run: { id: string; invoice_count: number }
  batch: Batch | null
  batchId: string
  perFile: number
}) {
  const { run, batch, batchId, perFile } = props
  const t = useT('billing')
  const { id } = useOffice()
  const command = useFetcher<SubmissionResult>()
  useLookAgain(batch?.state === 'running')
  if (run.invoice_count === 0) return null

  const send = (fields: Record<string, string>) =>
    command.submit(
      { ...fields, [OPENED_FOR]: id },
      { method: 'post', action: '/office/billing/papers' },
    )
  const isBusy = command.state !== 'idle'
  const start = () => send({ intent: 'start', id: batchId, run_id: run.id })

  return (
    <Card
      className="mt-5"
      title={t('papers.title')}
      lead={t('papers.lead')}
      actions={
        batch?.state === 'running' ? null : (
          <Button icon={<Printer />} busy={isBusy} onClick={start}>
            {batch ? t('papers.anew') : t('papers.make', { count: run.invoice_count })}
          </Button>
        )
      }
    >
      <FormRefusal errors={command.data?.error?.[''] ?? undefined} />
      {batch ? <Standing batch={batch} /> : <p className="text-soft">{t('papers.none')}</p>}
      {batch?.state === 'failed' ? (
        <Button
          className="mt-3"
          busy={isBusy}
          onClick={() => send({ intent: 'retry', batch_id: batch.id })}
        >
          {t('papers.retry')}
        </Button>
      ) : null}
      {batch?.state === 'done' ? (
        <div className="flex flex-wrap gap-2">
          {filesOf(batch, perFile).map(({ file, from, until }) => (
            <LinkButton
              key={file}
              to={`/office/billing/runs/${run.id}/papers.pdf?file=${file}`}
              reloadDocument
              icon={<FileDown />}
            >
              {t('papers.file', { from: formatCount(from), until: formatCount(until) })}
            </LinkButton>
          ))}
        </div>
      ) : null}
    </Card>
  )
}

function Standing({ batch }: { batch: Batch }) {
  const t = useT('billing')
  const done = Math.min(
    batch.invoice_count,
    batch.done_count * Math.ceil(batch.invoice_count / batch.part_count),
  )
  switch (batch.state) {
    case 'running':
      return (
        <Progress
          label={t('papers.progress')}
          done={batch.done_count}
          of={batch.part_count}
          hint={t('papers.progress_hint', {
            done: formatCount(done),
            count: formatCount(batch.invoice_count),
          })}
        />
      )
    case 'failed':
      return (
        <Banner kind="danger" title={t('papers.failed')}>
          {t('papers.failed_body', { error: batch.last_error ?? '' })}
        </Banner>
      )
    case 'done':
      return null
  }
}

function filesOf(batch: Batch, perFile: number) {
  return Array.from({ length: Math.ceil(batch.invoice_count / perFile) }, (_, index) => ({
    file: index + 1,
    from: index * perFile + 1,
    until: Math.min(batch.invoice_count, (index + 1) * perFile),
  }))
}

/** Looking is also what sets the server to work again after it was started anew. */
function useLookAgain(isRunning: boolean) {
  const revalidator = useRevalidator()
  useEffect(() => {
    if (!isRunning || revalidator.state !== 'idle') return
    const timer = setTimeout(() => revalidator.revalidate(), LOOK_AGAIN_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [isRunning, revalidator])
}
