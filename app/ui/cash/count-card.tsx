import type { SubmissionResult } from '@conform-to/react'
import { Form } from '@remix-run/react'
import { useT } from '~/i18n/use-t'
import { SubmitButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { FormRefusal } from '~/ui/office/form-refusal'
import { PiecesField } from './pieces-field'

/** The cashier's own count. The page knows no sum of this cash, because the database told it none. */
export function CountCard(props: { remittanceId: string; reply: SubmissionResult | undefined }) {
  const t = useT('custody')
  return (
    <Card title={t('count.title')} lead={t('count.lead')}>
      <Form method="post" noValidate>
        <FormRefusal errors={props.reply?.error?.['']} />
        <input type="hidden" name="intent" value="count" />
        <input type="hidden" name="remittance_id" value={props.remittanceId} />
        <PiecesField name="denominations">
          {(isCounted) => (
            <SubmitButton disabled={!isCounted} className="self-end">
              {t('count.save')}
            </SubmitButton>
          )}
        </PiecesField>
      </Form>
    </Card>
  )
}
