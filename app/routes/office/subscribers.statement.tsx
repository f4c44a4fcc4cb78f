import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { FileDown } from 'lucide-react'
import { addMonths, firstOfMonth, isRealDay } from '~/domain/calendar'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { Button, LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Field } from '~/ui/base/field'
import { DateInput } from '~/ui/base/text-input'
import { StatementApart } from '~/ui/subscribers/statement-apart'
import { StatementTable, type Statement } from '~/ui/subscribers/statement-table'
import { useRecord } from './subscribers.record'

const MONTHS_SHOWN = 3

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'billing.read')
  const asked = new URL(request.url).searchParams
  const { today } = me.tenant
  const until = dayOf(asked.get('until')) ?? today
  const wanted = dayOf(asked.get('from')) ?? firstOfMonth(addMonths(today, 1 - MONTHS_SHOWN))
  const from = wanted <= until ? wanted : firstOfMonth(until)

  const { data: statement } = await db
    .rpc('subscriber_statement', {
      subscriber_id: params.subscriberId,
      from_on: from,
      until_on: until,
    })
    .throwOnError()
  return data({ from, until, statement: statement as Statement }, { headers })
}

function dayOf(text: string | null) {
  return text && isRealDay(text) ? text : null
}

export default function SubscriberStatement() {
  const { from, until, statement } = useLoaderData<typeof loader>()
  const { subscriber } = useRecord()
  const t = useT('subscribers')

  return (
    <>
      <Form method="get" preventScrollReset className="mb-4 flex flex-wrap items-end gap-3">
        <Field label={t('statement.from')}>
          <DateInput name="from" defaultValue={from} key={from} />
        </Field>
        <Field label={t('statement.until')}>
          <DateInput name="until" defaultValue={until} key={until} />
        </Field>
        <Button type="submit">{t('statement.show')}</Button>
        <LinkButton
          className="ml-auto"
          reloadDocument
          icon={<FileDown />}
          to={`/office/subscribers/${subscriber.id}/statement.pdf?from=${from}&until=${until}`}
        >
          {t('statement.pdf')}
        </LinkButton>
      </Form>
      <Card flush>
        <StatementTable statement={statement} from={from} until={until} />
      </Card>
      <StatementApart statement={statement} />
    </>
  )
}
