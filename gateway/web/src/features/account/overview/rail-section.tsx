// A titled part of the facts.
import type { ReactNode } from 'react'

type Props = { title: string; sub?: ReactNode; ends?: ReactNode; children: ReactNode }

export function RailSection({ title, sub, ends, children }: Props) {
  return (
    <section aria-label={title}>
      <header className="flex min-h-11 items-center gap-2 ps-4 pe-2">
        <h2 className="title">{title}</h2>
        {sub && <span className="quiet small num">{sub}</span>}
        {ends && <span className="ms-auto">{ends}</span>}
      </header>
      <div className="px-4 pb-3">{children}</div>
    </section>
  )
}
