// The stages in order: each moved by its buttons, by Alt with the arrows or to a place of its menu; new ones come at the end.
import { lazy, Suspense, useRef, useState, type KeyboardEvent } from 'react'
import { Plus } from 'lucide-react'
import type { Draft } from '@/components/draft/use-draft'
import { Button } from '@/components/ui/button'
import { announce } from '@/lib/announce'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { SWATCHES } from './colors'
import { active, changed, faultsOf, isNew, newStage, placed } from './edit-stages'
import { StageLine } from './stage-line'
import type { StageRow } from './stages-api'

const DeleteStage = lazy(() => import('./delete-stage').then((m) => ({ default: m.DeleteStage })))

type Props = { draft: Draft<StageRow[]>; /** one is gone from the server */ onRemoved: () => void }

export function StageList({ draft, onRemoved }: Props) {
  const { mayEdit } = useShown()
  const place = useRef<HTMLOListElement>(null)
  const [removing, setRemoving] = useState<StageRow>()
  const rows = active(draft.value)
  // what moved is drawn anew, and takes the focus along
  const focus = (id: string, wanted: string) => requestAnimationFrame(() => place.current?.querySelector<HTMLElement>(`[data-stage="${id}"] ${wanted}`)?.focus())
  const move = (row: StageRow, to: number, wanted = '.stage-name') => {
    if (to < 0 || to >= rows.length) return
    draft.set((now) => placed(now, row.id, to))
    announce(t('stages.moved', { name: row.name, at: to + 1 }))
    focus(row.id, wanted)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (!event.altKey || !['ArrowUp', 'ArrowDown'].includes(event.key)) return
    const id = (event.target as HTMLElement).closest('[data-stage]')?.getAttribute('data-stage')
    const at = rows.findIndex((row) => row.id === id)
    if (at < 0 || !mayEdit) return
    event.preventDefault()
    move(rows[at]!, at + (event.key === 'ArrowUp' ? -1 : 1))
  }
  function add() {
    const color = SWATCHES.find((one) => !rows.some((row) => row.color_hex.toLowerCase() === one)) ?? SWATCHES[0]
    const row = newStage(draft.value, '', color)
    draft.set((now) => placed([row, ...now], row.id, active(now).length))
    focus(row.id, '.stage-name')
  }
  const remove = (row: StageRow) => {
    if (!isNew(row)) return setRemoving(row)
    draft.set((now) => now.filter((one) => one.id !== row.id))
  }
  return (
    <>
      <div aria-hidden className="stage-line quiet h-8 border-b text-xs font-medium max-md:hidden">
        <span>{t('stages.order')}</span>
        <span />
        <span>{t('stages.name')}</span>
        <span>{t('stages.target_duration_days')}</span>
        <span>{t('stages.wip_limit')}</span>
        <span>{t('stages.kind')}</span>
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ol ref={place} onKeyDown={onKeyDown} aria-label={t('admin.stages')}>
        {rows.map((row, at) => (
          <StageLine
            key={row.id}
            row={row}
            at={at}
            count={rows.length}
            faults={faultsOf(row, draft.value)}
            onChange={(part) => draft.set((now) => changed(now, row.id, part))}
            onMove={(to, wanted) => move(row, to, wanted)}
            onRemove={() => remove(row)}
          />
        ))}
      </ol>
      {mayEdit && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-hairline px-4 py-2.5">
          <Button look="outline" onClick={add}>
            <Plus aria-hidden />
            {t('stages.add')}
          </Button>
          <p className="small quiet">
            <kbd>{'Alt'}</kbd> <kbd>{'↑'}</kbd> <kbd>{'↓'}</kbd> {t('stages.keys')}
          </p>
        </div>
      )}
      <Suspense>
        {removing && (
          <DeleteStage
            stage={removing}
            others={rows.filter((row) => row.id !== removing.id && !isNew(row))}
            onClose={() => setRemoving(undefined)}
            onDone={() => {
              setRemoving(undefined)
              onRemoved()
            }}
          />
        )}
      </Suspense>
    </>
  )
}
