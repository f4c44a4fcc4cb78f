/** Numbers lent to one phone, or to none: put aside after a restore. The last five say what became of each and make up `issued`. */
export type ReceiptBlock = {
  id: string
  device_code: string | null
  member_name: string | null
  prefix: string
  first_serial: number
  last_serial: number
  state: 'out' | 'used' | 'cancelled'
  reason: string | null
  created_at: string
  issued: number
  used: number
  voided: number
  still_out: number
  cancelled: number
  missing: number
}

/** Numbers nobody can account for. */
export type ReceiptGap = {
  first_serial: number
  last_serial: number
  numbers: number
  kind: 'missing' | 'nowhere'
  device_code: string | null
  member_id: string | null
  member_name: string | null
}

export type ReceiptAudit = {
  issued: number
  counter: number
  used: number
  voided: number
  still_out: number
  cancelled: number
  missing: number
  nowhere: number
}
