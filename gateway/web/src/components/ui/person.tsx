// A colleague: initials and name.
import { initials } from '@/lib/format'

export function Person({ name, compact }: { name: string; compact?: boolean }) {
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-2" title={name}>
      <span aria-hidden className="initials">
        {initials(name)}
      </span>
      {compact ? <span className="sr-only">{name}</span> : <bdi className="min-w-0 truncate">{name}</bdi>}
    </span>
  )
}
