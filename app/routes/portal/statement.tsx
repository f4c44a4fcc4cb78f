import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { FileDown } from 'lucide-react'
import { addMonths, firstOfMonth } from '~/domain/calendar'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { rangeOf } from '~/server/documents.server'
import { requireSubscriber } from '~/server/guard.server'
import { expectRefusal } from '~/server/refusal.server'
import { Button, LinkButton } from '~/ui/base/button'
import { Banner } from '~/ui/base/banner'
import { Field } from '~/ui/base/field'
import { DateInput } from '~/ui/base/text-input'
import { StatementApart, StatementLines, type Statement } from '~/ui/portal/statement-lines'

export const handle = pageTexts('portal')

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireSubscriber(request)
  const { today, time_zone: timeZone, currency } = me.tenant
  const range = rangeOf(new URL(request.url), today, addMonths(firstOfMonth(today), -2))
  const { data: statement, error } = await db.rpc('subscriber_statement', {
    subscriber_id: me.subscriber_id,
    from_on: range.from,
    until_on: range.until,
  })
  const isWrongRange = error ? expectRefusal(error).reason === 'invalid_range' : false
  return data(
    {
      range,
      isWrongRange,
      statement: (statement ?? null) as Statement | null,
      place: { today, timeZone, currency },
    },
    { headers },
  )
}

export default function PortalStatement() {
  const { range, statement, isWrongRange, place } = useLoaderData<typeof loader>()
  const t = useT('portal')

  return (
    <div className="flex flex-col gap-5">
      <h1 className="text-2xl font-semibold">{t('tab.statement')}</h1>
      <Form method="get" className="flex flex-wrap items-end gap-3">
        <Field label={t('statement.from')} className="min-w-36 flex-1">
          <DateInput key={range.from} name="from" defaultValue={range.from} />
        </Field>
        <Field label={t('statement.until')} className="min-w-36 flex-1">
          <DateInput key={range.until} name="until" defaultValue={range.until} />
        </Field>
        <Button type="submit">{t('statement.show')}</Button>
      </Form>
      {isWrongRange ? <Banner kind="danger">{t('statement.wrong_range')}</Banner> : null}
      {statement ? (
        <>
          <StatementLines statement={statement} range={range} place={place} />
          <StatementApart statement={statement} place={place} />
          <LinkButton
            to={`/portal/statement.pdf?from=${range.from}&until=${range.until}`}
            reloadDocument
            icon={<FileDown />}
            className="self-start"
          >
            {t('statement.pdf')}
          </LinkButton>
        </>
      ) : null}
    </div>
  )
}
