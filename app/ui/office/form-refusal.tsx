import { Banner } from '~/ui/base/banner'

/** Why the whole form was refused, in the database's own sentence. Everything typed is still there. */
export function FormRefusal({ errors }: { errors: ReadonlyArray<string> | null | undefined }) {
  if (!errors?.length) return null
  return (
    <Banner kind="danger" className="mb-5">
      {errors.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Banner>
  )
}
