import { Smartphone } from 'lucide-react'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { StatusBadge, type Tone } from '~/ui/base/badge'
import { Banner } from '~/ui/base/banner'
import { Button } from '~/ui/base/button'
import { EmptyState } from '~/ui/base/empty-state'
import { Field } from '~/ui/base/field'
import { Table } from '~/ui/base/table'
import { TextArea } from '~/ui/base/text-input'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'

export type Device = {
  id: string
  member_id: string
  member_name: string
  code: string
  label: string
  status: 'pending' | 'active' | 'wiping' | 'revoked'
  last_seen_at: string
  unsent_count: number
  numbers_left: number
  wiped_at: string | null
  end_reason: string | null
  ended_by_name: string | null
}

const tones: Record<Device['status'], Tone> = {
  active: 'success',
  pending: 'warn',
  wiping: 'warn',
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
            <>
              <StatusBadge tone={tones[device.status]}>
                {t(`devices.status.${device.status}`)}
              </StatusBadge>
              {device.end_reason ? (
                <span className="block text-faint">
                  {device.ended_by_name
                    ? t('devices.ended', { reason: device.end_reason, name: device.ended_by_name })
                    : device.end_reason}
                </span>
              ) : null}
              {device.wiped_at ? (
                <span className="block text-faint">
                  {t('devices.wiped_at', { when: format.instant(device.wiped_at, time_zone) })}
                </span>
              ) : null}
            </>
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
          cell: (device) => (
            <>
              {t('devices.unsent', { count: device.unsent_count })}
              {device.status === 'active' || device.status === 'wiping' ? (
                <span className="block text-faint">
                  {t('devices.numbers_left', { count: device.numbers_left })}
                </span>
              ) : null}
            </>
          ),
          isMinor: true,
        },
        {
          key: 'end',
          header: <span className="sr-only">{t('devices.revoke')}</span>,
          cell: (device) =>
            device.status !== 'revoked' && can('collections.settle') ? (
              <div className="flex justify-end gap-2">
                {device.status === 'pending' ? (
                  <ApproveDevice device={device} present={presentOf(device, devices)} />
                ) : null}
                {device.status === 'active' ? <WipeDevice device={device} /> : null}
                <EndDevice device={device} />
              </div>
            ) : null,
          align: 'right',
        },
      ]}
    />
  )
}

/** The phone this one would take the place of. */
function presentOf({ member_id }: Device, devices: ReadonlyArray<Device>) {
  return devices.find((other) => other.member_id === member_id && other.status === 'active') ?? null
}

function ApproveDevice({ device, present }: { device: Device; present: Device | null }) {
  const t = useT('collections')
  const name = device.member_name
  return (
    <CommandDialog
      trigger={
        <Button size="small" variant="primary">
          {t('devices.approve')}
        </Button>
      }
      title={t('devices.approve_title', { code: device.code })}
      lead={t('devices.approve_lead', { name })}
      action="/office/collections/devices"
      intent="approve"
      submit={t('devices.approve')}
      done={t('devices.approved_toast')}
    >
      {() => (
        <>
          <input type="hidden" name="device_id" value={device.id} />
          <p>{t('devices.approve_check', { name })}</p>
          {present ? (
            <Banner kind="warn">
              {t('devices.approve_replaces', {
                code: present.code,
                name,
                unsent: t('devices.unsent', { count: present.unsent_count }),
              })}
            </Banner>
          ) : null}
        </>
      )}
    </CommandDialog>
  )
}

function WipeDevice({ device }: { device: Device }) {
  const t = useT('collections')
  return (
    <CommandDialog
      trigger={<Button size="small">{t('devices.wipe')}</Button>}
      title={t('devices.wipe_title', { code: device.code })}
      lead={t('devices.wipe_lead', {
        unsent: t('devices.unsent', { count: device.unsent_count }),
      })}
      action="/office/collections/devices"
      intent="wipe"
      submit={t('devices.wipe')}
      submitVariant="danger"
      done={t('devices.wiped_toast')}
    >
      {(errors) => <Why device={device} errors={errors('reason')} />}
    </CommandDialog>
  )
}

function Why({ device, errors }: { device: Device; errors: Array<string> | null }) {
  const t = useT('collections')
  return (
    <>
      <input type="hidden" name="device_id" value={device.id} />
      <Field label={t('devices.revoke_reason')} error={errors} required>
        <TextArea name="reason" maxLength={300} autoFocus />
      </Field>
    </>
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
      {(errors) => <Why device={device} errors={errors('reason')} />}
    </CommandDialog>
  )
}
