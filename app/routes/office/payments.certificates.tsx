import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { FileCheck } from 'lucide-react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { findCertificates } from '~/server/certificates.server'
import { sendCorrection } from '~/server/corrections.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { readPage } from '~/server/list-query.server'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { FilterBar } from '~/ui/base/filter-bar'
import { PageHeader } from '~/ui/base/page-header'
import { Pagination } from '~/ui/base/pagination'
import { CertificateTable } from '~/ui/corrections/certificate-table'
import { ExportButtons } from '~/ui/office/export-buttons'
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
  const [params] = useSearchParams()

  return (
    <>
      <PageHeader title={t('certificates.title')} lead={t('certificates.lead')} />
      <PaymentTabs />
      <div className="mb-3">
        <FilterBar
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
          actions={<ExportButtons to="/office/payments/certificates/export" />}
        />
      </div>
      <Card flush footer={total > 0 ? <Pagination total={total} /> : null}>
        <CertificateTable
          certificates={certificates}
          empty={
            <EmptyState
              icon={<FileCheck />}
              title={params.size > 0 ? t('certificates.none_fit') : t('certificates.empty')}
            >
              {t('certificates.empty_body')}
            </EmptyState>
          }
        />
      </Card>
    </>
  )
}
