import { useNavigate, useParams } from '@remix-run/react'
import { LocateFixed } from 'lucide-react'
import { useCallback, useRef, useState } from 'react'
import { distanceWords, metresBetween, type Position } from '~/domain/map-point'
import { fixContact } from '~/offline/collect'
import { subscriberCard, type SubscriberCard } from '~/offline/view'
import { Banner } from '~/ui/base/banner'
import { Button } from '~/ui/base/button'
import { Field } from '~/ui/base/field'
import { TextInput } from '~/ui/base/text-input'
import { toast } from '~/ui/base/toast'
import { useT } from '~/i18n/use-t'
import { PhoneComing } from '~/ui/layout/phone-coming'
import { PhoneHeader } from '~/ui/layout/phone-shell'
import { NotOnRoute } from './not-on-route'
import { usePosition } from './position'
import { useLive, useScreen } from './screen'

/** What is wrong about how a subscriber is reached is put right at the door, with or without a signal. */
export default function Fix() {
  const { id = '' } = useParams()
  const { phone } = useScreen()
  const found = useLive(
    useCallback(async () => ({ card: await subscriberCard(phone, id) }), [phone, id]),
    [phone, id],
  )
  if (found === null) return <PhoneComing />
  return found.card ? <FixForm key={id} card={found.card} /> : <NotOnRoute />
}

/** A pin from farther than this is worth less than the one that is there. */
const ROUGH_METRES = 60

function FixForm({ card }: { card: SubscriberCard }) {
  const { phone } = useScreen()
  const t = useT('collector')
  const common = useT('common')
  const navigate = useNavigate()
  const { subscriber } = card
  const back = `/collector/subscribers/${subscriber.id}`

  const [fixId] = useState(() => phone.newId())
  const [number, setNumber] = useState(subscriber.phone ?? '')
  const [landmark, setLandmark] = useState(subscriber.landmark ?? '')
  const [place, setPlace] = useState<Position | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [isSaving, setSaving] = useState(false)
  const isBusy = useRef(false)

  const changed = {
    ...(number.trim() !== (subscriber.phone ?? '') ? { phone: number.trim() } : {}),
    ...(landmark.trim() !== (subscriber.landmark ?? '') ? { landmark: landmark.trim() } : {}),
    ...(place ? { place } : {}),
  }

  async function save() {
    if (isBusy.current) return
    if (Object.keys(changed).length === 0) return setError(t('fix.nothing'))
    isBusy.current = true
    setSaving(true)
    try {
      await fixContact(phone, { id: fixId, subscriberId: subscriber.id, ...changed })
      toast.success(t('fix.saved'))
      navigate(back, { replace: true })
    } catch {
      isBusy.current = false
      setSaving(false)
      setError(t('take.failed'))
    }
  }

  return (
    <>
      <PhoneHeader
        title={t('fix.title')}
        lead={subscriber.name}
        back={{ to: back, label: common('back') }}
      />
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {error ? <Banner kind="danger">{error}</Banner> : null}
        <Field label={t('fix.phone')}>
          <TextInput
            type="tel"
            inputMode="tel"
            autoComplete="off"
            maxLength={40}
            value={number}
            onChange={(event) => setNumber(event.target.value)}
          />
        </Field>
        <Field label={t('fix.landmark')}>
          <TextInput
            autoComplete="off"
            maxLength={200}
            value={landmark}
            onChange={(event) => setLandmark(event.target.value)}
          />
        </Field>
        <Pin card={card} place={place} onPlace={setPlace} />
        <Button type="submit" variant="primary" size="large" wide busy={isSaving}>
          {t('fix.save')}
        </Button>
      </form>
    </>
  )
}

/** Whoever stands at the door knows best where it is. */
function Pin(props: {
  card: SubscriberCard
  place: Position | null
  onPlace: (place: Position) => void
}) {
  const { place, onPlace } = props
  const t = useT('collector')
  const [isAsked, setAsked] = useState(false)
  const where = usePosition(isAsked)
  const { latitude, longitude } = props.card.subscriber
  const pin = latitude === null || longitude === null ? null : { latitude, longitude }

  function words() {
    if (place) {
      const moved = pin ? distanceWords(metresBetween(pin, place)) : null
      return moved ? t('fix.place_moved', { distance: moved }) : t('fix.place_new')
    }
    if (where.state === 'finding') return t('order.finding')
    if (where.state === 'refused') return t('fix.no_place')
    if (where.state === 'found') {
      const accuracy = distanceWords(where.accuracyMetres)
      return t(where.accuracyMetres > ROUGH_METRES ? 'fix.place_rough' : 'fix.place_found', {
        accuracy,
      })
    }
    return t(pin ? 'fix.place_known' : 'fix.place_none')
  }

  return (
    <section className="rounded-lg border border-line bg-surface px-4 py-3.5">
      <h2 className="font-medium">{t('fix.place')}</h2>
      <p aria-live="polite" className={place ? 'mt-1 text-success' : 'mt-1 text-soft'}>
        {words()}
      </p>
      <Button
        className="mt-3"
        wide
        icon={<LocateFixed />}
        busy={where.state === 'finding'}
        onClick={() => {
          if (where.state === 'found') onPlace(where.at)
          else setAsked(true)
        }}
      >
        {t(where.state === 'found' ? 'fix.use_place' : 'fix.find_place')}
      </Button>
    </section>
  )
}
