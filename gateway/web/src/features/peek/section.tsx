// A titled part of the drawer.
import type { ReactNode } from 'react'

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="title mb-1">{title}</h3>
      {children}
    </section>
  )
}
