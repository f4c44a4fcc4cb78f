import { Link, useNavigation, type LinkProps } from '@remix-run/react'
import { clsx } from 'clsx'
import { forwardRef, type ButtonHTMLAttributes, type ReactNode } from 'react'
import { Spinner } from './spinner'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 'small' | 'medium' | 'large'

type Look = { variant?: ButtonVariant; size?: ButtonSize; icon?: ReactNode; wide?: boolean }

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-hover shadow-hair',
  secondary: 'bg-surface text-ink border border-line-strong hover:bg-hover shadow-hair',
  quiet: 'text-soft hover:bg-hover hover:text-ink',
  danger: 'bg-danger text-danger-ink hover:bg-danger-hover shadow-hair',
}

const sizes: Record<ButtonSize, string> = {
  small: 'min-h-(--control-small) px-2.5 py-0.5 text-sm gap-1.5',
  medium: 'min-h-(--control) px-3.5 py-1 text-(length:--control-text) gap-2',
  large: 'min-h-14 px-6 py-1 text-base gap-2.5',
}

const squares: Record<ButtonSize, string> = {
  small: 'size-(--control-small)',
  medium: 'size-(--control)',
  large: 'size-14',
}

export function buttonLook({ variant = 'secondary', size = 'medium', wide }: Look) {
  return clsx(
    // With large letters on a phone a verb may take two lines; nothing is cut.
    'inline-flex max-w-full shrink-0 items-center justify-center rounded-md text-center font-medium wrap-break-word select-none sm:whitespace-nowrap',
    'transition-colors disabled:opacity-50 aria-disabled:opacity-50 [&>svg]:size-[1.15em] [&>svg]:shrink-0',
    variants[variant],
    sizes[size],
    wide && 'w-full',
  )
}

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & Look & { busy?: boolean }

/** A verb with its thing: “Take ₱1,150”. While busy it keeps its width and takes no second tap. */
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { variant, size, icon, wide, busy = false, className, children, type = 'button', ...rest },
  ref,
) {
  return (
    <button
      ref={ref}
      type={type}
      className={clsx(buttonLook({ variant, size, wide }), className)}
      aria-busy={busy || undefined}
      {...rest}
      disabled={rest.disabled || busy}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  )
})

/** Submits the form around it and is busy while any form of the page is being sent. */
export function SubmitButton({ variant = 'primary', ...rest }: ButtonProps) {
  const navigation = useNavigation()
  const isSending = navigation.state !== 'idle' && navigation.formMethod !== undefined
  const isMine = !rest.name || navigation.formData?.get(rest.name) === rest.value

  return (
    <Button
      type="submit"
      variant={variant}
      {...rest}
      busy={rest.busy || (isSending && isMine && navigation.formMethod !== 'GET')}
      disabled={rest.disabled || (isSending && navigation.formMethod !== 'GET')}
    />
  )
}

/** An icon that acts. The label is read aloud and shown as a tooltip by the browser. */
export const IconButton = forwardRef<
  HTMLButtonElement,
  Omit<ButtonProps, 'children' | 'icon'> & { label: string; children: ReactNode }
>(function IconButton(
  { label, variant = 'quiet', size = 'medium', className, children, busy = false, ...rest },
  ref,
) {
  return (
    <button
      ref={ref}
      type="button"
      aria-label={label}
      title={label}
      className={clsx(
        buttonLook({ variant, size }),
        squares[size],
        'p-0! [&>svg]:size-[1.25em]',
        className,
      )}
      {...rest}
      disabled={rest.disabled || busy}
    >
      {busy ? <Spinner /> : children}
    </button>
  )
})

/** Goes somewhere but weighs as much as an action. */
export function LinkButton({
  variant,
  size,
  icon,
  wide,
  className,
  children,
  ...rest
}: LinkProps & Look) {
  return (
    <Link className={clsx(buttonLook({ variant, size, wide }), className)} {...rest}>
      {icon}
      {children}
    </Link>
  )
}
