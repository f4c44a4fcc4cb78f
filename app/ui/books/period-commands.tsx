import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Button, LinkButton } from '~/ui/base/button'
import { RadioGroup } from '~/ui/base/choices'
import { Field } from '~/ui/base/field'
import { TextArea } from '~/ui/base/text-input'
import { CommandDialog } from '~/ui/office/command-dialog'

const ACTION = '/office/reports/periods'

/** Softly first, or for good at once. A softly closed month can only be closed for good. */
export function CloseMonth(props: {
  month: { month: string; state: 'open' | 'soft' | 'closed' }
  mayBeHard: boolean
}) {
  const { month, mayBeHard } = props
  const t = useT('reports')
  const format = useFormat()
  const name = format.month(month.month)
  const isSoft = month.state === 'soft'

  return (
    <CommandDialog
      trigger={
        <Button size="small">{isSoft ? t('periods.close_for_good') : t('periods.close')}</Button>
      }
      title={t('periods.close_title', { month: name })}
      lead={t('periods.close_lead')}
      action={ACTION}
      intent="close_month"
      submit={t('periods.close_title', { month: name })}
      help={{
        drafts_open: (
          <LinkButton size="small" to="/office/invoices/drafts?state=draft">
            {t('periods.to_drafts')}
          </LinkButton>
        ),
        run_not_done: (
          <LinkButton size="small" to="/office/billing">
            {t('periods.to_run')}
          </LinkButton>
        ),
      }}
      done={t('periods.closed_toast', { month: name })}
    >
      {() => (
        <>
          <input type="hidden" name="month" value={month.month} />
          {isSoft ? (
            <p className="text-soft">{t('periods.hard_hint')}</p>
          ) : (
            <RadioGroup
              legend={t('periods.how')}
              name="soft"
              defaultValue="true"
              options={[
                { value: 'true', label: t('periods.soft'), hint: t('periods.soft_hint') },
                ...(mayBeHard
                  ? [{ value: 'false', label: t('periods.hard'), hint: t('periods.hard_hint') }]
                  : []),
              ]}
            />
          )}
        </>
      )}
    </CommandDialog>
  )
}

export function AskToReopen({ month, requestId }: { month: string; requestId: string }) {
  const t = useT('reports')
  const format = useFormat()
  const name = format.month(month)
  return (
    <CommandDialog
      trigger={
        <Button size="small" variant="quiet">
          {t('periods.reopen')}
        </Button>
      }
      title={t('periods.reopen_title', { month: name })}
      lead={t('periods.reopen_lead')}
      action={ACTION}
      intent="request_reopen"
      submit={t('periods.ask')}
      done={t('periods.asked_toast')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="id" value={requestId} />
          <input type="hidden" name="month" value={month} />
          <Field label={t('periods.reason')} error={errors('reason')} required>
            <TextArea name="reason" maxLength={300} autoFocus />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}

export function DecideReopen({ request }: { request: { id: string; month: string } }) {
  const t = useT('reports')
  const format = useFormat()
  const name = format.month(request.month)
  return (
    <div className="flex flex-wrap gap-2">
      <CommandDialog
        trigger={<Button size="small">{t('periods.refuse')}</Button>}
        title={t('periods.refuse_title', { month: name })}
        action={ACTION}
        intent="refuse_reopen"
        submit={t('periods.refuse')}
        done={t('periods.refused_toast')}
      >
        {(errors) => (
          <>
            <input type="hidden" name="request_id" value={request.id} />
            <Field label={t('periods.reason')} error={errors('reason')} required>
              <TextArea name="reason" maxLength={300} autoFocus />
            </Field>
          </>
        )}
      </CommandDialog>
      <CommandDialog
        trigger={
          <Button size="small" variant="danger">
            {t('periods.reopen')}
          </Button>
        }
        title={t('periods.reopen_title', { month: name })}
        lead={t('periods.approve_lead')}
        action={ACTION}
        intent="approve_reopen"
        submit={t('periods.reopen_title', { month: name })}
        submitVariant="danger"
        done={t('periods.reopened_toast', { month: name })}
      >
        {() => <input type="hidden" name="request_id" value={request.id} />}
      </CommandDialog>
    </div>
  )
}
