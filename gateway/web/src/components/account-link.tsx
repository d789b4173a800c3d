// The name of an account, which leads to its page.
import type { ComponentProps, ReactNode } from 'react'
import { Link } from '@tanstack/react-router'

type Props = {
  id: string
  className?: string
  title?: string
  label?: string
  /** it is the name of its row, which the keys of a list walk to */
  nameOf?: boolean
  /** what else its place asks of it */
  attributes?: Omit<ComponentProps<'a'>, 'href'> & { [data: `data-${string}`]: string }
  children: ReactNode
}

export function AccountLink({ id, className, title, label, nameOf, attributes, children }: Props) {
  return (
    <Link to="/dashboard/accounts/$id" params={{ id }} search={{}} className={className} title={title} aria-label={label} data-name={nameOf || undefined} {...attributes}>
      {children}
    </Link>
  )
}
