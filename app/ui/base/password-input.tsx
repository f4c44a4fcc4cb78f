import { Eye, EyeOff } from 'lucide-react'
import { useState, type InputHTMLAttributes } from 'react'
import { useT } from '~/i18n/use-t'
import { TextInput } from './text-input'

/** A password a person can look at: on a phone nobody types it blind. */
export function PasswordInput(props: InputHTMLAttributes<HTMLInputElement>) {
  const t = useT('common')
  const [isShown, setShown] = useState(false)

  return (
    <TextInput
      {...props}
      type={isShown ? 'text' : 'password'}
      after={
        <button
          type="button"
          className="grid size-9 place-items-center rounded-sm hover:text-ink"
          aria-label={isShown ? t('hide') : t('show')}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? <EyeOff className="size-4" /> : <Eye className="size-4" />}
        </button>
      }
    />
  )
}
