import { clsx } from 'clsx'
import { Search, X } from 'lucide-react'
import { useRef, type InputHTMLAttributes } from 'react'
import { useT } from '~/i18n/use-t'
import { TextInput } from './text-input'

export type SearchInputProps = InputHTMLAttributes<HTMLInputElement> & {
  label: string
  onClear?: () => void
}

export function SearchInput({ label, onClear, className, ...rest }: SearchInputProps) {
  const t = useT('common')
  const input = useRef<HTMLInputElement>(null)

  return (
    <span className={clsx('group/search relative block', className)}>
      <TextInput
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        enterKeyHint="search"
        before={<Search />}
        {...rest}
        className="[&::-webkit-search-cancel-button]:hidden"
      />
      {onClear && (rest.value ?? rest.defaultValue) ? (
        <button
          type="button"
          aria-label={t('clear')}
          className="absolute inset-y-0 right-0 grid w-9 place-items-center text-faint hover:text-ink"
          onClick={() => {
            onClear()
            input.current?.focus()
          }}
        >
          <X className="size-4" />
        </button>
      ) : null}
    </span>
  )
}
