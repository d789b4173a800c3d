// Which columns a table shows and in which order: each can be switched on and off, and moved by its handle or by buttons; the first stays.
import { useRef } from 'react'
import { ChevronDown, ChevronUp, GripVertical } from 'lucide-react'
import { IconButton } from '@/components/ui/button'
import { announce } from '@/lib/announce'
import { cn } from '@/lib/cn'
import { t } from '@/lib/i18n'
import { useDragOrder } from './use-drag-order'

type Named<K extends string> = { key: K; header: string }
type Props<K extends string> = { all: Named<K>[]; chosen: K[]; onChange: (chosen: K[]) => void }

export function ColumnList<K extends string>({ all, chosen, onChange }: Props<K>) {
  const place = useRef<HTMLUListElement>(null)
  const said = (key: K, next: K[]) => announce(t('table.moved', { column: all.find((one) => one.key === key)?.header ?? '', place: next.indexOf(key) + 1, n: next.length }))
  const { order, dragged, handle } = useDragOrder(place, chosen, (next, key) => {
    onChange(next)
    said(key, next)
  })
  const shown = order.flatMap((key) => all.find((one) => one.key === key) ?? [])
  const hidden = all.filter((one) => !chosen.includes(one.key))
  function move(key: K, step: number) {
    const from = chosen.indexOf(key)
    const next = chosen.filter((one) => one !== key)
    next.splice(from + step, 0, key)
    onChange(next)
    said(key, next)
    // at an end its button goes, and the focus must not go with it
    requestAnimationFrame(() => {
      const row = place.current?.querySelector(`[data-column="${CSS.escape(key)}"]`)
      const button = row?.querySelector<HTMLElement>(`[data-step="${step}"]:not([aria-disabled])`) ?? row?.querySelector<HTMLElement>('button:not([aria-disabled]), input')
      button?.focus()
    })
  }
  return (
    <ul ref={place} className="grid gap-0.5">
      {shown.map((one, i) => (
        <li key={one.key} data-column={one.key} className={cn('flex min-h-8 items-center gap-1 rounded px-1 hover:bg-accent', one.key === dragged && 'bg-accent')}>
          <label className="hit min-w-0 flex-1">
            <input type="checkbox" className="check" checked disabled={i === 0} onChange={() => onChange(chosen.filter((key) => key !== one.key))} />
            <bdi className="truncate">{one.header}</bdi>
          </label>
          {i > 0 && (
            <>
              {/* for a pointer only: the buttons do the same */}
              <span aria-hidden data-handle className="grip" {...handle(one.key)}>
                <GripVertical className="size-4" strokeWidth={1.5} />
              </span>
              <IconButton small data-step={-1} label={t('table.up', { column: one.header })} held={i === 1} onClick={() => move(one.key, -1)}>
                <ChevronUp aria-hidden />
              </IconButton>
              <IconButton small data-step={1} label={t('table.down', { column: one.header })} held={i === shown.length - 1} onClick={() => move(one.key, 1)}>
                <ChevronDown aria-hidden />
              </IconButton>
            </>
          )}
        </li>
      ))}
      {hidden.map((one) => (
        <li key={one.key} data-column={one.key} className="flex min-h-8 items-center rounded px-1 hover:bg-accent">
          <label className="hit min-w-0 flex-1">
            <input type="checkbox" className="check" checked={false} onChange={() => onChange([...chosen, one.key])} />
            <bdi className="truncate">{one.header}</bdi>
          </label>
        </li>
      ))}
    </ul>
  )
}
