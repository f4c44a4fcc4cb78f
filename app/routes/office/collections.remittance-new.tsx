import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { handInFor } from '~/commands/hand-in-for'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { idIn } from '~/server/list-query.server'
import { newId } from '~/server/new-id.server'
import { LinkButton, SubmitButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Field } from '~/ui/base/field'
import { FormActions } from '~/ui/base/form'
import { PageHeader } from '~/ui/base/page-header'
import { TextArea } from '~/ui/base/text-input'
import { PiecesField } from '~/ui/cash/pieces-field'
import { FormRefusal } from '~/ui/office/form-refusal'

export const handle = pageTexts('custody', 'cash', 'common')
export const meta: MetaFunction = () => [{ title: 'Hand in for a collector · Linyada' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'remittances.count')
  const id = idIn(params.collectorId)
  const { data: collector } = id
    ? await db.from('collectors').select('id, full_name').eq('id', id).maybeSingle().throwOnError()
    : { data: null }
  if (!collector) throw data({ reason: 'collector_not_found' }, { status: 404, headers })
  return data(
    { id: newId(), collector: collector as { id: string; full_name: string } },
    { headers },
  )
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'remittances.count')
  const answer = await sendCommand(await formOf(request, me), handInFor.input, (remittance) =>
    db.rpc(handInFor.name, { remittance }),
  )
  if (!answer.ok) return data(answer.reply, { status: 409, headers })
  const { id } = answer.result as { id: string }
  return redirect(`/office/collections/remittances/${id}`, { headers })
}

export default function HandInFor() {
  const { id, collector } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const t = useT('custody')
  const common = useT('common')
  const name = collector.full_name
  const back = `/office/collections/collectors/${collector.id}`

  return (
    <>
      <PageHeader
        back={{ to: back, label: name }}
        title={t('for.title', { name })}
        lead={t('for.lead')}
      />
      <Form method="post" noValidate className="max-w-3xl">
        <FormRefusal errors={reply?.error?.['']} />
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="collector_id" value={collector.id} />
        <Card>
          <PiecesField name="denominations">
            {(isCounted) => (
              <>
                <Field
                  label={t('for.reason')}
                  hint={t('for.reason_hint')}
                  error={reply?.error?.['reason']}
                  required
                >
                  <TextArea name="reason" rows={2} maxLength={300} />
                </Field>
                <FormActions>
                  <LinkButton to={back} variant="quiet">
                    {common('cancel')}
                  </LinkButton>
                  <SubmitButton disabled={!isCounted}>{t('for.save', { name })}</SubmitButton>
                </FormActions>
              </>
            )}
          </PiecesField>
        </Card>
      </Form>
    </>
  )
}
