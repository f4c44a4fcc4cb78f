import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { FileCheck } from 'lucide-react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { findCertificates } from '~/server/certificates.server'
import { sendCorrection } from '~/server/corrections.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { readPage } from '~/server/list-query.server'
import { PageHeader } from '~/ui/base/page-header'
import { CertificateTable } from '~/ui/corrections/certificate-table'
import { FilteredList } from '~/ui/office/filtered-list'
import { NoRows } from '~/ui/office/no-rows'
import { PaymentTabs } from '~/ui/payments/payment-tabs'

export const handle = pageTexts('collections', 'corrections')
export const meta: MetaFunction = () => [{ title: 'Withholding certificates · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'payments.read')
  const params = new URL(request.url).searchParams
  const found = await readPage(findCertificates(db, params), params, headers)
  return data({ certificates: found.rows, total: found.total }, { headers })
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request)
  const { isDone, reply } = await sendCorrection(db, await formOf(request, me))
  return data(reply, { status: isDone ? 200 : 409, headers })
}

export default function Certificates() {
  const { certificates, total } = useLoaderData<typeof loader>()
  const t = useT('corrections')

  return (
    <>
      <PageHeader title={t('certificates.title')} lead={t('certificates.lead')} />
      <PaymentTabs />
      <FilteredList
        search={{ label: t('certificates.search') }}
        filters={[
          {
            name: 'state',
            label: t('column.state'),
            options: (['pending', 'received', 'void'] as const).map((state) => ({
              value: state,
              label: t(`certificates.state.${state}`),
            })),
          },
        ]}
        exportTo="/office/payments/certificates/export"
        total={total}
      >
        <CertificateTable
          certificates={certificates}
          empty={
            <NoRows
              icon={<FileCheck />}
              yet={{ title: t('certificates.empty'), body: t('certificates.empty_body') }}
              fit={{ title: t('certificates.none_fit'), body: t('certificates.empty_body') }}
            />
          }
        />
      </FilteredList>
    </>
  )
}
