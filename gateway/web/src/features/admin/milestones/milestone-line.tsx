// One milestone: title, when it is due, whether it holds an account back, how many have done it; more on demand.
import { useId, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, ChevronDown, Trash2 } from 'lucide-react'
import type { BuilderContext } from '@/components/criteria-builder/context'
import { sentenceOf } from '@/components/criteria-builder/sentence'
import { Button, IconButton } from '@/components/ui/button'
import { cn } from '@/lib/cn'
import { percent } from '@/lib/format'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { Details } from './details'
import { isNew } from './edit-milestones'
import { doneQuery, type MilestoneRow } from './milestones-api'

type Props = { row: MilestoneRow; builder: BuilderContext | undefined; first: boolean; last: boolean; onChange: (part: Partial<MilestoneRow>) => void; onStep: (step: -1 | 1) => void; onRemove: () => void }

export function MilestoneLine({ row, builder, first, last, onChange, onStep, onRemove }: Props) {
  const { mayEdit } = useShown()
  const [open, setOpen] = useState(false)
  const id = useId()
  const name = row.title || t('ms.untitled')
  return (
    <li className="border-hairline px-4 py-2.5 not-first:border-t">
      <div className="flex flex-wrap items-center gap-2">
        {mayEdit && (
          <span className="flex">
            <IconButton small label={t('stages.up', { name })} held={first} onClick={() => onStep(-1)}>
              <ArrowUp aria-hidden />
            </IconButton>
            <IconButton small label={t('stages.down', { name })} held={last} onClick={() => onStep(1)}>
              <ArrowDown aria-hidden />
            </IconButton>
          </span>
        )}
        <input aria-label={t('ms.titleOf', { name })} value={row.title} maxLength={200} onChange={(event) => onChange({ title: event.target.value })} className="field-box milestone-title flex-1 basis-64" aria-invalid={row.title.trim() === '' || undefined} placeholder={t('ms.title')} autoComplete="off" />
        <label className="flex items-center gap-2">
          <span className="quiet small">{t('ms.due')}</span>
          <input type="number" min={1} step={1} inputMode="numeric" value={row.due_after_days ?? ''} placeholder={t('ms.never')} onChange={(event) => onChange({ due_after_days: event.target.value === '' ? null : Number(event.target.value) })} className="field-box num" style={{ width: 96 }} />
          <span className="quiet small">{t('ms.days')}</span>
        </label>
        <label className="hit">
          <input type="checkbox" className="check" checked={row.is_required} onChange={(event) => onChange({ is_required: event.target.checked })} />
          {t('ms.is_required')}
        </label>
      </div>
      <div className="small mt-1 flex flex-wrap items-center gap-x-4 gap-y-1">
        <Button look="ghost" size="xs" className="-ms-1.5" aria-label={t('ms.detailsOf', { name })} aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => setOpen(!open)}>
          <ChevronDown aria-hidden className={cn(open && 'rotate-180')} />
          {t('ms.details')}
        </Button>
        <span className="quiet min-w-0 wrap-anywhere">{row.criteria ? builder && <bdi>{t('ms.auto', { what: sentenceOf(row.criteria, builder.vocabulary) })}</bdi> : t('ms.byHand')}</span>
        <span className="ms-auto flex items-center gap-2">
          {!isNew(row) && <Done id={row.id} />}
          {mayEdit && (
            <IconButton small label={t('ms.removeOne', { name })} onClick={onRemove}>
              <Trash2 aria-hidden />
            </IconButton>
          )}
        </span>
      </div>
      {open && (
        <div id={id} className="mt-2">
          <Details row={row} builder={builder} onChange={onChange} />
        </div>
      )}
    </li>
  )
}

function Done({ id }: { id: string }) {
  const { data } = useQuery(doneQuery(id))
  if (!data) return null
  return <span className="quiet num">{data.all === 0 ? t('ms.nobody') : t('ms.done', { done: data.done, all: data.all, share: percent(data.done / data.all) })}</span>
}
