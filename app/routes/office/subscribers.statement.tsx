import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { FileDown } from 'lucide-react'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { readStatement } from '~/server/statement.server'
import { Button, LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Field } from '~/ui/base/field'
import { DateInput } from '~/ui/base/text-input'
import { ExportButtons } from '~/ui/office/export-buttons'
import { StatementApart } from '~/ui/subscribers/statement-apart'
import { StatementTable } from '~/ui/subscribers/statement-table'
import { useRecord } from './subscribers.record'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'billing.read')
  const asked = new URL(request.url).searchParams
  return data(await readStatement(db, params.subscriberId, asked, me.tenant.today), { headers })
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
        <span className="ml-auto flex flex-wrap gap-2">
          <LinkButton
            reloadDocument
            icon={<FileDown />}
            to={`/office/subscribers/${subscriber.id}/statement.pdf?from=${from}&until=${until}`}
          >
            {t('statement.pdf')}
          </LinkButton>
          <ExportButtons
            to="/office/lists/statement/export"
            of={{ subscriber: subscriber.id, from, until }}
          />
        </span>
      </Form>
      <Card flush>
        <StatementTable statement={statement} from={from} until={until} />
      </Card>
      <StatementApart statement={statement} />
    </>
  )
}
