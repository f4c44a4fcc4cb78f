import { useT } from '~/i18n/use-t'
import { Card } from '~/ui/base/card'
import { KeyValue } from '~/ui/base/key-value'
import { PinMapBox } from '~/ui/map/pin-picker'
import type { Position } from '~/domain/map-point'
import type { Subscriber } from '~/domain/subscriber'

const nobody: ReadonlyArray<Position> = []

/** How to reach this subscriber, and where. */
export function SubscriberFacts({ subscriber }: { subscriber: Subscriber }) {
  const t = useT('subscribers')
  const { latitude, longitude } = subscriber
  const place = [subscriber.purok, subscriber.barangay, subscriber.municipality]
    .filter(Boolean)
    .join(', ')

  return (
    <div className="flex min-w-0 flex-col gap-5">
      <Card title={t('facts.title')}>
        <KeyValue
          items={[
            { key: t('form.phone'), value: <PhoneLink number={subscriber.phone} /> },
            subscriber.other_phone
              ? { key: t('form.other_phone'), value: <PhoneLink number={subscriber.other_phone} /> }
              : null,
            {
              key: t('form.email'),
              value: subscriber.email ? (
                <span className="break-all">{subscriber.email}</span>
              ) : null,
            },
            subscriber.contact_person
              ? { key: t('form.contact_person'), value: subscriber.contact_person }
              : null,
            subscriber.tin
              ? { key: t('form.tin'), value: <span className="tabular">{subscriber.tin}</span> }
              : null,
            { key: t('column.address'), value: place || null },
            subscriber.landmark ? { key: t('form.landmark'), value: subscriber.landmark } : null,
            { key: t('filter.route'), value: subscriber.route_name },
          ]}
        />
        {latitude !== null && longitude !== null ? (
          <div className="mt-4">
            <PinMapBox position={{ latitude, longitude }} neighbours={nobody} className="h-44" />
            <a
              className="mt-2 inline-block text-sm text-accent-text hover:underline"
              href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=18/${latitude}/${longitude}`}
              target="_blank"
              rel="noreferrer"
            >
              {t('facts.open_map')}
            </a>
          </div>
        ) : null}
      </Card>
      {subscriber.notes ? (
        <Card title={t('form.notes')}>
          <p className="break-words whitespace-pre-line">{subscriber.notes}</p>
        </Card>
      ) : null}
    </div>
  )
}

function PhoneLink({ number }: { number: string | null }) {
  if (!number) return <>—</>
  return (
    <a href={`tel:${number.replace(/[^\d+]/g, '')}`} className="tabular hover:underline">
      {number}
    </a>
  )
}
