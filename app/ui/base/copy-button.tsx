import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useT } from '~/i18n/use-t'
import { IconButton } from './button'

const SHOWN_MILLISECONDS = 1_600

export function CopyButton({ value, label }: { value: string; label?: string }) {
  const t = useT('common')
  const [isCopied, setCopied] = useState(false)

  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [isCopied])

  return (
    <>
      <IconButton
        size="small"
        label={label ?? t('copy')}
        onClick={() => {
          void navigator.clipboard.writeText(value).then(() => setCopied(true))
        }}
      >
        {isCopied ? <Check className="text-success" /> : <Copy />}
      </IconButton>
      <span role="status" className="sr-only">
        {isCopied ? t('copied') : ''}
      </span>
    </>
  )
}
