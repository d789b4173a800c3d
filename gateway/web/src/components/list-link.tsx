// A number that opens the accounts behind it.
import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import type { Criteria } from '@/lib/criteria'
import { cn } from '@/lib/cn'

type Props = { criteria: Criteria | null | undefined; className?: string; title?: string; label?: string; children: ReactNode }

export function ListLink({ criteria, className, title, label, children }: Props) {
  return (
    <Link to="/dashboard/accounts" search={{ criteria: criteria ?? undefined }} className={cn('to', className)} title={title} aria-label={label}>
      {children}
    </Link>
  )
}
