// A colleague: initials and name.
import { initials } from '@/lib/format'

export function Person({ name, compact }: { name: string; compact?: boolean }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-2" title={name}>
      <span aria-hidden className="initials">
        {initials(name)}
      </span>
      {compact ? <span className="sr-only">{name}</span> : <bdi className="truncate">{name}</bdi>}
    </span>
  )
}
