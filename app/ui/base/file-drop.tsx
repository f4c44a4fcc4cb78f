import { clsx } from 'clsx'
import { FileUp, Paperclip } from 'lucide-react'
import { useRef, useState, type DragEvent, type InputHTMLAttributes } from 'react'
import { useT } from '~/i18n/use-t'
import { useField } from './field'

export type FileDropProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'onChange'> & {
  hint?: string
  onFiles?: (files: Array<File>) => void
}

/** A file input that also takes a drop. Inside a form it sends its files like any file input. */
export function FileDrop({ hint, onFiles, className, ...rest }: FileDropProps) {
  const t = useT('common')
  const input = useRef<HTMLInputElement>(null)
  const [names, setNames] = useState<Array<string>>([])
  const [isOver, setOver] = useState(false)
  const field = useField(rest)

  function take(files: FileList | null) {
    const list = [...(files ?? [])]
    setNames(list.map((file) => file.name))
    onFiles?.(list)
  }

  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    if (!input.current || rest.disabled) return
    input.current.files = event.dataTransfer.files
    take(input.current.files)
  }

  return (
    <label
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={clsx(
        'flex cursor-pointer flex-col items-center gap-1 rounded-lg border border-dashed px-4 py-6 text-center transition-colors',
        'focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent',
        isOver ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface hover:bg-hover',
        className,
      )}
    >
      <FileUp className="size-5 text-faint" aria-hidden="true" />
      <span>
        <span className="font-medium text-accent-text">
          {t(rest.multiple ? 'file.choose_many' : 'file.choose')}
        </span>{' '}
        <span className="text-soft">{t('file.or_drop')}</span>
      </span>
      {hint ? <span className="text-sm text-faint">{hint}</span> : null}
      <input
        ref={input}
        type="file"
        {...rest}
        {...field}
        className="sr-only"
        onChange={(event) => take(event.target.files)}
      />
      {names.map((name) => (
        <span key={name} className="mt-1 inline-flex items-center gap-1.5 text-sm text-ink">
          <Paperclip className="size-3.5 text-faint" aria-hidden="true" />
          {name}
        </span>
      ))}
    </label>
  )
}
