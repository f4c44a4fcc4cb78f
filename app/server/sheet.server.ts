import { csvResponse } from './csv.server'
import { excelResponse } from './excel/excel.server'
import type { Sheet } from './sheet'

/** The file a person asked for with `?format=`. Excel when nothing else is said. */
export function sheetResponse<Row>(format: string | null, sheet: Sheet<Row>, headers?: Headers) {
  return format === 'csv' ? csvResponse(sheet, headers) : excelResponse(sheet, headers)
}
