import { useState } from 'react'
import { decodeText, isText, withoutEmptyEnd } from '~/domain/import-table'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Field } from '~/ui/base/field'
import { FileDrop } from '~/ui/base/file-drop'
import { TextArea } from '~/ui/base/text-input'

const LARGEST_FILE_BYTES = 2 * 1024 * 1024

/** A file, or rows copied out of a spreadsheet. */
export function ImportSource(props: {
  onTable: (cells: Array<Array<string>>) => void
  onTrouble: (sentence: string) => void
}) {
  const { onTable, onTrouble } = props
  const t = useT('imports')
  const [pasted, setPasted] = useState('')

  async function read(text: string) {
    const { default: Papa } = await import('papaparse')
    const { data } = Papa.parse<Array<string>>(text.replace(/^\uFEFF/, ''), {
      skipEmptyLines: false,
    })
    onTable(withoutEmptyEnd(data))
  }

  async function take(file: File | undefined) {
    if (!file) return
    if (file.size > LARGEST_FILE_BYTES) {
      onTrouble(t('trouble.size'))
      return
    }
    const bytes = new Uint8Array(await file.arrayBuffer())
    if (isWorkbook(bytes)) {
      onTrouble(t('trouble.workbook'))
      return
    }
    const text = decodeText(bytes)
    if (isText(text)) await read(text)
    else onTrouble(t('trouble.no_text'))
  }

  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <Card title={t('source.file')}>
        <FileDrop
          aria-label={t('source.choose')}
          accept=".csv,.tsv,.txt,text/csv"
          hint={t('source.hint')}
          onFiles={(files) => void take(files[0])}
        />
      </Card>
      <Card title={t('source.paste')}>
        <Field label={t('source.rows')} hint={t('source.paste_hint')}>
          <TextArea
            rows={6}
            className="font-mono text-xs"
            value={pasted}
            onChange={(event) => setPasted(event.target.value)}
          />
        </Field>
        <div className="mt-3 flex justify-end">
          <Button disabled={pasted.trim() === ''} onClick={() => void read(pasted.trim())}>
            {t('source.read')}
          </Button>
        </div>
      </Card>
    </div>
  )
}

/** Zip (xlsx) and old Excel files begin with these bytes. */
function isWorkbook(bytes: Uint8Array) {
  const start = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return start === '504b0304' || start === 'd0cf11e0'
}
