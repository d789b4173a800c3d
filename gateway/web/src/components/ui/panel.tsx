// A bordered part of the page: title, one quiet sub-title, actions at the end, a foot with the sentence that sums up.
import type { ReactNode } from 'react'
import { cn } from '@/lib/cn'

type Props = {
  title: string
  sub?: ReactNode
  ends?: ReactNode
  footer?: ReactNode
  /** the address of the panel within its page */
  id?: string
  className?: string
  children?: ReactNode
}

export function Panel({ title, sub, ends, footer, id, className, children }: Props) {
  return (
    <section id={id} aria-label={title} className={cn('panel scroll-mt-16', className)}>
      <header>
        <h2>{title}</h2>
        {sub && <span className="sub">{sub}</span>}
        {ends && <span className="ends">{ends}</span>}
      </header>
      {children}
      {footer && <footer>{footer}</footer>}
    </section>
  )
}
