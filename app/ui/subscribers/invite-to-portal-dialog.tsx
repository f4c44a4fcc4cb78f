import type { SubmissionResult } from '@conform-to/react'
import { useFetcher } from '@remix-run/react'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Dialog } from '~/ui/base/dialog'
import { Field } from '~/ui/base/field'
import { TextInput } from '~/ui/base/text-input'
import { FormRefusal } from '~/ui/office/form-refusal'
import { InvitationLink, type MadeInvitation } from '~/ui/staff/invitation-link'
import type { Subscriber } from '~/domain/subscriber'

type Answer = { reply: SubmissionResult; invitation: MadeInvitation | null }

/** Makes a link for the subscriber's portal. The link is shown once, to be copied or scanned. */
export function InviteToPortalDialog(props: {
  subscriber: Subscriber
  invitationId: string
  onClose: () => void
}) {
  const { subscriber, invitationId, onClose } = props
  const t = useT('subscribers')
  const fetcher = useFetcher<Answer>()
  const invitation = fetcher.data?.invitation

  return (
    <Dialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
      title={t('invite.title')}
      lead={invitation ? undefined : t('invite.lead', { name: subscriber.name })}
    >
      {invitation ? (
        <InvitationLink invitation={invitation} />
      ) : (
        <fetcher.Form
          method="post"
          action={`/office/subscribers/${subscriber.id}/invite`}
          noValidate
        >
          <input type="hidden" name="id" value={invitationId} />
          <input type="hidden" name="subscriber_id" value={subscriber.id} />
          <FormRefusal errors={fetcher.data?.reply.error?.['']} />
          <Field
            label={t('form.email')}
            optional
            hint={t('invite.email_hint')}
            error={fetcher.data?.reply.error?.email}
          >
            <TextInput
              name="email"
              type="email"
              defaultValue={subscriber.email ?? ''}
              autoComplete="off"
            />
          </Field>
          <div className="mt-6 flex justify-end">
            <Button type="submit" variant="primary" busy={fetcher.state !== 'idle'}>
              {t('invite.make')}
            </Button>
          </div>
        </fetcher.Form>
      )}
    </Dialog>
  )
}
