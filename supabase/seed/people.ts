// Who lives in the demo: common Filipino names and real barangays of Cagayan de Oro with a point near their middle.

import type { Chance } from './random.ts'

const FIRST = [
  'Maria',
  'Jose',
  'Juan',
  'Ana',
  'Antonio',
  'Rosa',
  'Pedro',
  'Luz',
  'Ramon',
  'Carmen',
  'Manuel',
  'Teresita',
  'Eduardo',
  'Gloria',
  'Ricardo',
  'Josefina',
  'Roberto',
  'Marilou',
  'Fernando',
  'Rowena',
  'Rodel',
  'Jocelyn',
  'Arnel',
  'Cherry',
  'Jayson',
  'Angelica',
  'Mark',
  'Kristine',
  'John Paul',
  'Mary Grace',
  'Renato',
  'Evelyn',
  'Danilo',
  'Merlyn',
  'Reynaldo',
  'Lorna',
  'Alvin',
  'Sheila',
  'Noel',
  'Analyn',
]
const LAST = [
  'Dela Cruz',
  'Reyes',
  'Santos',
  'Garcia',
  'Mendoza',
  'Cabrera',
  'Bautista',
  'Villanueva',
  'Fernandez',
  'Ramos',
  'Aquino',
  'Castillo',
  'Pacana',
  'Neri',
  'Roa',
  'Velez',
  'Chavez',
  'Abejuela',
  'Corrales',
  'Gaane',
  'Mabanta',
  'Tagarda',
  'Yañez',
  'Emano',
  'Moreno',
  'Daba',
  'Sabal',
  'Magno',
  'Uy',
  'Tan',
  'Lim',
  'Go',
  'Akut',
  'Borja',
  'Casiño',
  'Dumlao',
  'Echavez',
  'Flores',
  'Galdo',
  'Jabiniar',
]
const SHOPS = [
  'Sari-sari Store',
  'Bakery',
  'Pharmacy',
  'Internet Café',
  'Carenderia',
  'Hardware',
  'Water Refilling',
  'Laundry',
]
const LANDMARKS = [
  'beside the chapel',
  'back of the basketball court',
  'blue gate',
  'near the covered court',
  'second house from the corner',
  'beside the sari-sari store',
  'across the elementary school',
  'green roof',
  'near the barangay hall',
  'end of the alley',
]

export type Barangay = { name: string; latitude: number; longitude: number }

export const BARANGAYS: ReadonlyArray<Barangay> = [
  { name: 'Carmen', latitude: 8.4803, longitude: 124.6367 },
  { name: 'Lapasan', latitude: 8.4834, longitude: 124.6633 },
  { name: 'Bulua', latitude: 8.5036, longitude: 124.6164 },
  { name: 'Kauswagan', latitude: 8.4997, longitude: 124.6383 },
  { name: 'Nazareth', latitude: 8.4727, longitude: 124.6499 },
  { name: 'Macasandig', latitude: 8.4628, longitude: 124.6486 },
  { name: 'Gusa', latitude: 8.4774, longitude: 124.6889 },
  { name: 'Cugman', latitude: 8.4714, longitude: 124.7047 },
  { name: 'Iponan', latitude: 8.5032, longitude: 124.5899 },
  { name: 'Patag', latitude: 8.4883, longitude: 124.6263 },
  { name: 'Balulang', latitude: 8.4541, longitude: 124.6322 },
  { name: 'Puntod', latitude: 8.4967, longitude: 124.6535 },
]

export type Household = {
  name: string
  kind: 'person' | 'business'
  phone: string
  purok: string
  landmark: string
  barangay: Barangay
  latitude: number
  longitude: number
}

export function household({ pick, happens, between, next }: Chance, barangay: Barangay): Household {
  const person = `${pick(FIRST)} ${pick(LAST)}`
  const isShop = happens(0.07)
  return {
    name: isShop ? `${pick(LAST)} ${pick(SHOPS)}` : person,
    kind: isShop ? 'business' : 'person',
    phone: `09${between(15, 99)} ${between(100, 999)} ${between(1000, 9999)}`,
    purok: happens(0.8) ? `Purok ${between(1, 10)}` : `Zone ${between(1, 14)}`,
    landmark: happens(0.7) ? pick(LANDMARKS) : '',
    barangay,
    // About half a kilometre around the middle of the barangay.
    latitude: Number((barangay.latitude + (next() - 0.5) * 0.01).toFixed(6)),
    longitude: Number((barangay.longitude + (next() - 0.5) * 0.01).toFixed(6)),
  }
}
