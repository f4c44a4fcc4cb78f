export type ImportError = { line: number; column: string; value: string | null; reason: string }

export type ImportReport = {
  total: number
  good: number
  bad: number
  errors: Array<ImportError>
  /** Only after the import itself. */
  imported?: number
}

export type ImportAnswer =
  { state: 'checked' | 'imported'; report: ImportReport } | { state: 'refused'; reason: string }
