import type { ReactNode } from 'react'
import { Banner } from '~/ui/base/banner'

/** Why the whole form was refused, in the database's own sentence, and where that is mended. Everything typed is still there. */
export function FormRefusal(props: {
  errors: ReadonlyArray<string> | null | undefined
  help?: ReactNode
}) {
  const { errors, help } = props
  if (!errors?.length) return null
  return (
    <Banner kind="danger" className="mb-5" actions={help}>
      {errors.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Banner>
  )
}
