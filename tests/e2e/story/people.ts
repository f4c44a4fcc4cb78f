// Who the story is about, and what their files say.

export const kalye = {
  name: 'Kalye Fiber',
  owner: { name: 'Lorna Abad', email: 'lorna@kalye.example', password: 'tatlong butil kanin' },
  collector: { name: 'Boy Ramos', email: 'boy@kalye.example', password: 'lakad araw-araw' },
  technician: { name: 'Jun Uy', email: 'jun@kalye.example', password: 'akyat sa poste' },
}

export const karatig = {
  name: 'Karatig Net',
  owner: { name: 'Rico Tan', email: 'rico@karatig.example', password: 'ibang bakod ito' },
}

export type Person = { name: string; email: string; password: string }

export const barangays = ['Carmen', 'Nazareth', 'Bulua']

/** On the route of the collector: added by the form, so that everything about them is known. */
export const ana = { firstName: 'Ana', lastName: 'Reyes', account: 'A-0001', plan: 'Fiber 50' }
export const ben = { firstName: 'Ben', lastName: 'Cruz', account: 'A-0002', plan: 'Prepaid 20' }

const firstNames = ['Maria', 'Jose', 'Liza', 'Ramon', 'Teresa', 'Noel', 'Grace', 'Arnel']
const lastNames = ['Santos', 'Ocampo', 'Lim', 'Villanueva', 'Dizon', 'Bautista', 'Garcia']

const headings =
  'account_no,name,phone,email,barangay,purok,landmark,latitude,longitude,plan,activated_on'

export const IMPORTED = 500
/** Every tenth line buys time before it uses it. */
export const POSTPAID_IMPORTED = 450

/** Five hundred good lines, and three bad ones with the line they stand on. */
export function manySubscribers() {
  const good = Array.from({ length: IMPORTED }, (_, index) => {
    const name = `${firstNames[index % 8]} ${lastNames[index % 7]} ${index + 1}`
    // A walk around the city, never twice the same spot.
    const latitude = (8.45 + (index % 25) * 0.0021).toFixed(5)
    const longitude = (124.61 + Math.floor(index / 25) * 0.0023).toFixed(5)
    const place = barangays[index % barangays.length]
    const plan = index % 10 === 9 ? ben.plan : ana.plan
    return `K${String(index + 1).padStart(4, '0')},${name},0917 555 ${String(index).padStart(4, '0')},,${place},Purok ${(index % 7) + 1},,${latitude},${longitude},${plan},2026-11-01`
  })
  const bad = [
    'K0001,Twice Given,,,Carmen,,,,,Fiber 50,2026-11-01',
    'K9001,Bad Day,,,Carmen,,,,,Fiber 50,2026-02-30',
    'K9002,Odd Plan,,,Carmen,,,,,Fiber 5000,2026-11-01',
  ]
  const lines = [headings, ...good.slice(0, 250), ...bad, ...good.slice(250)]
  return { text: lines.join('\r\n'), badLines: [252, 253, 254] }
}

/** As old Excel saves it: one byte a letter. */
export function windowsFile() {
  return Buffer.from(
    'Account No;Customer Name;Brgy;Package\r\nW-1;Begoña Peñaflor;Carmen;Fiber 50\r\n',
    'latin1',
  )
}

/** As Excel saves “CSV UTF-8”, with columns nobody asked for and none that we know by name. */
export function strangeFile() {
  return Buffer.from('\uFEFFNr.,Who,Shoe size\r\n7,Iñigo Muñoz,42\r\n8,,39\r\n', 'utf8')
}
