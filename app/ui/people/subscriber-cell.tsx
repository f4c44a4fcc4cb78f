import { Link } from '@remix-run/react'

/** Whose a row of a list of everybody's is, with the way to that part of their page. */
export function SubscriberCell(props: {
  of: { subscriber_id: string; subscriber_name: string; account_no: string }
  part: 'standing' | 'charges'
}) {
  const { subscriber_id, subscriber_name, account_no } = props.of
  return (
    <>
      <Link
        to={`/office/subscribers/${subscriber_id}/${props.part}`}
        className="line-clamp-2 font-medium hover:underline"
      >
        {subscriber_name}
      </Link>
      <span className="tabular block text-faint">{account_no}</span>
    </>
  )
}
