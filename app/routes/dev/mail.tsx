import {
  Link,
  useLoaderData,
  useRevalidator,
  useSearchParams,
  type MetaFunction,
} from '@remix-run/react'
import { Inbox, RefreshCw } from 'lucide-react'
import { z } from 'zod'
import { formatInstant } from '~/i18n/format'
import { askDesk, requireEmbedded } from '~/server/embedded.server'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { PageHeader } from '~/ui/base/page-header'
import { DevFrame } from '~/ui/layout/dev-frame'

const mails = z.array(
  z.object({
    id: z.string(),
    sent_at: z.string(),
    to: z.string(),
    subject: z.string(),
    text: z.string().optional(),
    html: z.string().optional(),
  }),
)

export const meta: MetaFunction = () => [{ title: 'Mail · Linyada' }]

export async function loader() {
  requireEmbedded()
  return { mails: mails.parse(await askDesk('/dev/mail')) }
}

export default function DevMail() {
  const { mails } = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  const { revalidate, state } = useRevalidator()
  const open = mails.find((mail) => mail.id === params.get('id')) ?? mails[0]

  return (
    <DevFrame>
      <PageHeader
        title="Mail"
        lead="Every mail this installation would have sent. None leaves the machine."
        actions={
          <Button icon={<RefreshCw />} busy={state === 'loading'} onClick={revalidate}>
            Look again
          </Button>
        }
      />
      {open ? (
        <div className="grid gap-4 lg:grid-cols-[340px_minmax(0,1fr)]">
          <Card flush className="self-start overflow-hidden">
            <ul className="divide-y divide-line">
              {mails.map((mail) => (
                <li key={mail.id}>
                  <Link
                    to={`?id=${mail.id}`}
                    aria-current={mail.id === open.id || undefined}
                    className="block px-4 py-3 hover:bg-hover aria-current:bg-accent-soft"
                  >
                    <span className="block font-medium">{mail.subject}</span>
                    <span className="block text-sm text-soft">
                      {mail.to} · {formatInstant(mail.sent_at, 'Asia/Manila')}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          </Card>
          <Card title={open.subject} lead={`To ${open.to}`}>
            {open.text ? (
              <p className="whitespace-pre-wrap">
                <WithLinks text={open.text} />
              </p>
            ) : (
              <iframe
                title={open.subject}
                srcDoc={open.html}
                sandbox="allow-top-navigation-by-user-activation"
                className="h-96 w-full rounded-md border border-line bg-white"
              />
            )}
          </Card>
        </div>
      ) : (
        <Card>
          <EmptyState icon={<Inbox />} title="No mail yet">
            Invitations, password resets and reminders appear here as soon as something sends one.
          </EmptyState>
        </Card>
      )}
    </DevFrame>
  )
}

function WithLinks({ text }: { text: string }) {
  return text.split(/(https?:\/\/\S+)/).map((part, index) =>
    /^https?:\/\//.test(part) ? (
      <a key={index} href={part} className="text-accent-text underline">
        {part}
      </a>
    ) : (
      part
    ),
  )
}
