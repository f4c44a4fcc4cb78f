import type { MemberMe } from '../guard.server'
import type { Rows, SheetColumn } from '../sheet'
import { sheetResponse } from '../sheet.server'
import type { Db } from '../supabase.server'

export type Asked = { db: Db; me: MemberMe; params: URLSearchParams; headers: Headers }

export type ListFile = {
  permission?: string
  answer: (asked: Asked) => Promise<Response> | Response
}

export function file<Row>(
  asked: Asked,
  name: string,
  rows: Rows<Row>,
  columns: Array<SheetColumn<Row>>,
) {
  const { params, me, headers } = asked
  const sheet = { name, rows, columns, timeZone: me.tenant.time_zone }
  return sheetResponse<Row>(params.get('format'), sheet, headers)
}
