import type { MetaFunction } from '@remix-run/react'
import { requireEmbedded } from '~/server/embedded.server'
import { PageHeader } from '~/ui/base/page-header'
import { DevFrame } from '~/ui/layout/dev-frame'
import { Actions, Feedback, Words } from './ui-basics'
import { Forms } from './ui-forms'
import { Frames } from './ui-frames'
import { Lists, Records } from './ui-lists'

export const meta: MetaFunction = () => [{ title: 'Parts · Linyada' }]

export function loader() {
  requireEmbedded()
  return null
}

/** Every part with its states, for people who build screens and for the photographs of the tests. */
export default function DevUi() {
  return (
    <DevFrame>
      <PageHeader
        title="Parts"
        lead="What every screen is made of. How to call each one is written in docs/interface.md."
      />
      <div className="flex flex-col gap-12">
        <Words />
        <Actions />
        <Forms />
        <Lists />
        <Records />
        <Feedback />
        <Frames />
      </div>
    </DevFrame>
  )
}
