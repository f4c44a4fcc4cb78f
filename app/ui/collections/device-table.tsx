import { Smartphone } from 'lucide-react'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { StatusBadge, type Tone } from '~/ui/base/badge'
import { Button } from '~/ui/base/button'
import { EmptyState } from '~/ui/base/empty-state'
import { Field } from '~/ui/base/field'
import { Table } from '~/ui/base/table'
import { TextArea } from '~/ui/base/text-input'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'

export type Device = {
  id: string
  member_name: string
  code: string
  label: string
  status: 'pending' | 'active' | 'revoked'
  last_seen_at: string
  unsent_count: number
}

const tones: Record<Device['status'], Tone> = {
  active: 'success',
  pending: 'warn',
  revoked: 'neutral',
}

export function DeviceTable({ devices }: { devices: ReadonlyArray<Device> }) {
  const t = useT('collections')
  const format = useFormat()
  const { time_zone, can } = useOffice()

  return (
    <Table
      caption={t('devices.caption')}
      rows={devices}
      rowKey={(device) => device.id}
      empty={
        <EmptyState icon={<Smartphone />} title={t('devices.empty')}>
          {t('devices.empty_body')}
        </EmptyState>
      }
      columns={[
        {
          key: 'device',
          header: t('column.device'),
          cell: (device) => (
            <>
              <span className="font-medium">{device.code}</span>
              <span className="block text-faint">{device.label}</span>
            </>
          ),
        },
        { key: 'collector', header: t('column.collector'), cell: (device) => device.member_name },
        {
          key: 'status',
          header: t('column.status'),
          cell: (device) => (
            <StatusBadge tone={tones[device.status]}>
              {t(`devices.status.${device.status}`)}
            </StatusBadge>
          ),
        },
        {
          key: 'seen',
          header: t('column.last_seen'),
          cell: (device) => format.instant(device.last_seen_at, time_zone),
          isMinor: true,
          isNarrow: true,
        },
        {
          key: 'unsent',
          header: t('column.unsent'),
          cell: (device) => t('devices.unsent', { count: device.unsent_count }),
          isMinor: true,
        },
        {
          key: 'end',
          header: <span className="sr-only">{t('devices.revoke')}</span>,
          cell: (device) =>
            device.status !== 'revoked' && can('collections.settle') ? (
              <EndDevice device={device} />
            ) : null,
          align: 'right',
        },
      ]}
    />
  )
}

function EndDevice({ device }: { device: Device }) {
  const t = useT('collections')
  return (
    <CommandDialog
      trigger={<Button size="small">{t('devices.revoke')}</Button>}
      title={t('devices.revoke_title', { code: device.code })}
      lead={t('devices.revoke_lead', {
        unsent: t('devices.unsent', { count: device.unsent_count }),
      })}
      action="/office/collections/devices"
      intent="revoke"
      submit={t('devices.revoke')}
      submitVariant="danger"
      done={t('devices.revoked_toast')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="device_id" value={device.id} />
          <Field label={t('devices.revoke_reason')} error={errors('reason')} required>
            <TextArea name="reason" maxLength={300} autoFocus />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}
