import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { moveToBranch } from '~/commands/move-to-branch'
import { sayLostNumbers } from '~/commands/say-lost-numbers'
import { saveBranch } from '~/commands/save-branch'
import { saveSeries } from '~/commands/save-series'
import { saveTaxRegime } from '~/commands/save-tax-regime'
import { printedNumber, type LostNumbers } from '~/domain/lost-numbers'
import { formatDay } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { branchesOf } from '~/server/branches.server'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { newId } from '~/server/new-id.server'
import { barangaysOf } from '~/server/places.server'
import { Badge } from '~/ui/base/badge'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Table } from '~/ui/base/table'
import { useOffice } from '~/ui/office/office-context'
import { BranchCard } from '~/ui/settings/branch-card'
import { LostNumbersTable } from '~/ui/settings/lost-numbers'
import { SeriesDialog, type Series } from '~/ui/settings/series-dialog'
import { TaxRegimeDialog } from '~/ui/settings/tax-regime-dialog'

type Regime = { id: string; regime: 'vat' | 'non_vat'; rate_bp: number; effective_from: string }
const SINCE_EVER = '2000-01-01'

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'settings.manage')
  const [regimes, series, branches, barangays, lost] = await Promise.all([
    db
      .from('tax_regimes')
      .select('id, regime, rate_bp, effective_from')
      .order('effective_from', { ascending: false })
      .overrideTypes<Array<Regime>, { merge: false }>()
      .throwOnError(),
    db
      .from('document_series')
      .select('id, kind, branch, prefix, next_number')
      .order('kind')
      .order('branch')
      .overrideTypes<Array<Series>, { merge: false }>()
      .throwOnError(),
    branchesOf(db),
    barangaysOf(db),
    db
      .from('lost_numbers')
      .select(
        'id, kind, branch, prefix, first_serial, last_serial, restored_at, said_at, said_by_name, note',
      )
      .order('restored_at', { ascending: false })
      .order('kind', { ascending: false })
      .order('branch')
      .overrideTypes<Array<LostNumbers>, { merge: false }>()
      .throwOnError(),
  ])
  return data(
    {
      regimes: regimes.data,
      series: series.data,
      branches,
      barangays,
      lost: lost.data,
      newId: newId(),
    },
    { headers },
  )
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'settings.manage')
  const form = await formOf(request, me)

  function send() {
    switch (form.get('intent')) {
      case 'series':
        return sendCommand(form, saveSeries.input, (series) => db.rpc(saveSeries.name, { series }))
      case 'lost_numbers':
        return sendCommand(form, sayLostNumbers.input, (said) => db.rpc(sayLostNumbers.name, said))
      case 'branch':
        return sendCommand(form, saveBranch.input, (branch) => db.rpc(saveBranch.name, { branch }))
      case 'move_to_branch':
        return sendCommand(form, moveToBranch.input, (move) => db.rpc(moveToBranch.name, move))
      default:
        return sendCommand(form, saveTaxRegime.input, (regime) =>
          db.rpc(saveTaxRegime.name, regime),
        )
    }
  }

  const answer = await send()
  return data(answer.reply, { status: answer.ok ? 200 : 409, headers })
}

export default function TaxSettings() {
  const { regimes, series, branches, barangays, lost, newId } = useLoaderData<typeof loader>()
  const { today } = useOffice()
  const t = useT('settings')
  const inForce = regimes.find((regime) => regime.effective_from <= today)

  return (
    <div className="flex max-w-4xl flex-col gap-5">
      <Card
        title={t('tax.title')}
        lead={t('tax.lead')}
        actions={<TaxRegimeDialog trigger={<Button>{t('tax.change')}</Button>} />}
        flush
      >
        <Table
          caption={t('tax.title')}
          rows={regimes}
          rowKey={(regime) => regime.id}
          isSticky={false}
          columns={[
            {
              key: 'regime',
              header: t('tax.regime'),
              cell: (regime) => (
                <span className="flex items-center gap-2">
                  {regime.regime === 'vat'
                    ? t('tax.vat', { rate: regime.rate_bp / 100 })
                    : t('tax.non_vat')}
                  {regime === inForce ? <Badge tone="success">{t('tax.in_force')}</Badge> : null}
                </span>
              ),
            },
            {
              key: 'from',
              header: t('tax.from'),
              cell: (regime) =>
                regime.effective_from <= SINCE_EVER
                  ? t('tax.since_ever')
                  : formatDay(regime.effective_from),
            },
          ]}
        />
      </Card>
      <BranchCard branches={branches} barangays={barangays} newId={newId} />
      <Card title={t('series.title')} lead={t('series.lead')} flush>
        <Table
          caption={t('series.title')}
          rows={series}
          rowKey={(one) => one.id}
          isSticky={false}
          columns={[
            { key: 'kind', header: t('series.kind'), cell: (one) => t(`series.${one.kind}`) },
            {
              key: 'branch',
              header: t('series.branch'),
              cell: (one) => <span className="tabular">{one.branch}</span>,
            },
            {
              key: 'next',
              header: t('series.next'),
              cell: (one) => (
                <span className="tabular">{printedNumber(one.prefix, one.next_number)}</span>
              ),
            },
            {
              key: 'set',
              header: <span className="sr-only">{t('series.set')}</span>,
              align: 'right',
              cell: (one) => (
                <SeriesDialog
                  series={one}
                  trigger={
                    <Button size="small" variant="quiet">
                      {t('series.set')}
                    </Button>
                  }
                />
              ),
            },
          ]}
        />
      </Card>
      {lost.length > 0 ? (
        <div id="numbers">
          <Card title={t('lost.title')} lead={t('lost.lead')} flush>
            <LostNumbersTable lost={lost} />
          </Card>
        </div>
      ) : null}
    </div>
  )
}
