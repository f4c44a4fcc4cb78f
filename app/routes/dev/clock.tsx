import { Form, useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { formatCount, formatInstant } from '~/i18n/format'
import { askDesk, requireEmbedded } from '~/server/embedded.server'
import { SubmitButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Field } from '~/ui/base/field'
import { PageHeader } from '~/ui/base/page-header'
import { TextInput } from '~/ui/base/text-input'
import { DevFrame } from '~/ui/layout/dev-frame'
import { formOf } from '~/server/form.server'

const HOUR_SECONDS = 3_600
const DAY_SECONDS = 86_400
const clockFace = z.object({ now: z.string(), offset_seconds: z.number() })

const steps = [
  { label: 'An hour', seconds: HOUR_SECONDS },
  { label: 'A day', seconds: DAY_SECONDS },
  { label: 'A week', seconds: 7 * DAY_SECONDS },
  { label: '30 days', seconds: 30 * DAY_SECONDS },
]

export const meta: MetaFunction = () => [{ title: 'Clock · Linyada' }]

export async function loader() {
  requireEmbedded()
  return clockFace.parse(await askDesk('/dev/clock'))
}

export async function action({ request }: ActionFunctionArgs) {
  requireEmbedded()
  const form = await formOf(request)
  const seconds = z.coerce.number().int().safeParse(form.get('advance_seconds'))
  const set = z.iso.datetime({ offset: true, local: true }).safeParse(form.get('set'))

  if (form.has('advance_seconds') && seconds.success) {
    await askDesk('/dev/clock', { advance_seconds: seconds.data })
  } else if (set.success) {
    // The field shows Manila's clock.
    await askDesk('/dev/clock', { set: `${set.data.slice(0, 16)}:00+08:00` })
  } else {
    return { error: 'Write it like 2026-12-01T08:00.' }
  }
  return redirect('/dev/clock')
}

export default function DevClock() {
  const { now, offset_seconds: offset } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()
  const days = Math.round(offset / DAY_SECONDS)

  return (
    <DevFrame>
      <PageHeader
        title="Clock"
        lead="Every rule of this installation reads its time here. Move it forward to see bills, reminders and cut-offs happen."
      />
      <Card>
        <p className="text-4xl font-semibold tracking-tight tabular">
          {formatInstant(now, 'Asia/Manila')}
        </p>
        <p className="mt-1 text-soft">
          Manila time ·{' '}
          {offset === 0
            ? 'as in the world outside'
            : `${formatCount(days)} days from the world outside`}
        </p>
        <Form method="post" className="mt-6 flex flex-wrap gap-2">
          {steps.map((step) => (
            <SubmitButton
              key={step.seconds}
              variant="secondary"
              name="advance_seconds"
              value={step.seconds}
            >
              {step.label} forward
            </SubmitButton>
          ))}
          {offset === 0 ? null : (
            <SubmitButton variant="quiet" name="advance_seconds" value={-offset}>
              Back to now
            </SubmitButton>
          )}
        </Form>
        <Form method="post" className="mt-6 flex flex-wrap items-end gap-3">
          <Field label="Or set it" error={refusal?.error} className="w-64">
            <TextInput type="datetime-local" name="set" required />
          </Field>
          <SubmitButton variant="secondary">Set the clock</SubmitButton>
        </Form>
      </Card>
    </DevFrame>
  )
}
