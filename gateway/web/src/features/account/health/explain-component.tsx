// A component of the score with its parts: what was measured, what it gives and what it loses.
import { cn } from '@/lib/cn'
import { componentName } from '@/lib/components-of-health'
import { decimal, percent } from '@/lib/format'
import { t } from '@/lib/i18n'
import { detailText, type ComponentRow, type Part } from './explanation'
import { partName } from './part-names'

export function Component({ one }: { one: ComponentRow }) {
  const name = componentName(one.key)
  return (
    <section aria-label={name}>
      <h3 className="small flex items-baseline gap-2 border-b border-hairline pb-1.5">
        <span className="font-semibold">{name}</span>
        <span className="quiet num">{one.row.score === null ? t('health.none') : t('expl.weight', { score: decimal(one.row.score), weight: decimal(one.row.weight ?? 0) })}</span>
        {one.lost > 0 && <Lost points={one.lost} />}
      </h3>
      <ul>
        {one.parts.map((part) => (
          <PartRow key={part.part} part={part} component={one.key} whole={one.parts.reduce((sum, it) => sum + (it.weight ?? 0), 0)} />
        ))}
      </ul>
    </section>
  )
}

function PartRow({ part, component, whole }: { part: Part; component: string; whole: number }) {
  return (
    <li className={cn('small grid gap-2 border-hairline py-1.5 not-first:border-t', part.largest_gain && 'bg-healthy-bg')} style={{ gridTemplateColumns: 'minmax(0, 1fr) 36px 52px', marginInline: -8, paddingInline: 8 }}>
      <div className="min-w-0">
        {partName(component, part.part)} <span className="quiet num">{percent((part.weight ?? 0) / Math.max(1, whole))}</span>
        {part.score === null ? <p className="quiet wrap-anywhere">{t('why.absent', { reason: part.null_reason ?? part.reading })}</p> : part.details.length === 0 && <p className="quiet wrap-anywhere">{part.reading}</p>}
        {part.details.map((detail) => (
          <p key={detail.metric} className="quiet wrap-anywhere">
            {detailText(detail)}
          </p>
        ))}
      </div>
      <span className="num text-end">{part.score === null ? '' : decimal(part.score, 0)}</span>
      {part.points_lost === null || part.points_lost === 0 ? <span /> : <Lost points={part.points_lost} />}
    </li>
  )
}

function Lost({ points }: { points: number }) {
  return (
    <bdi dir="ltr" className="bad num ms-auto text-end font-semibold">
      {`\u2212${decimal(points)}`}
      <span className="sr-only"> {t('expl.pointsLost')}</span>
    </bdi>
  )
}
