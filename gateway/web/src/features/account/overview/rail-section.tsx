// A titled part of the facts.
import type { ReactNode } from 'react'

type Props = { title: string; sub?: ReactNode; ends?: ReactNode; children: ReactNode }

export function RailSection({ title, sub, ends, children }: Props) {
  return (
    <section aria-label={title}>
      <header>
        <h2 className="title">{title}</h2>
        {sub && <span className="quiet small num">{sub}</span>}
        {ends && <span className="ms-auto">{ends}</span>}
      </header>
      <div className="pad">{children}</div>
    </section>
  )
}
