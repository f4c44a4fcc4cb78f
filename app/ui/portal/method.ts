import { useT } from '~/i18n/use-t'

const methods = ['cash', 'gcash', 'maya', 'bank', 'cheque', 'withholding'] as const

export function useMethodName() {
  const t = useT('portal')
  return (method: string): string => {
    const known = methods.find((name) => name === method)
    return known ? t(`method.${known}`) : method
  }
}
