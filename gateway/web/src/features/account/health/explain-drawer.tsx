// The whole explanation, beside the page: every part with what was measured, what it gives and what it loses; also as of a day.
import { useCallback, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { ScoreBar } from '@/components/chart/score-bar'
import { State } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Drawer } from '@/components/ui/drawer'
import { Note } from '@/components/ui/note'
import { cn } from '@/lib/cn'
import { componentName } from '@/lib/components-of-health'
import { dayIn } from '@/lib/days'
import { dayShort, decimal, percent } from '@/lib/format'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { CapNote } from './cap-note'
import { detailText, explanationOf, type ComponentRow, type Explanation, type Part } from './explanation'
import { explainQuery } from './health-api'
import { partName } from './part-names'

const today = () => dayIn(0)

export function ExplainDrawer({ asOf, thresholds }: { asOf: string; thresholds: [number, number] }) {
  const { id, onChange } = useShown()
  const past = asOf !== 'now' && asOf < today()
  const explained = useQuery(explainQuery(id, past ? `${asOf}T23:59:59Z` : undefined))
  const day = past ? asOf : today()
  const [wanted, setWanted] = useState(day)
  const close = useCallback(() => onChange({ explain: undefined }), [onChange])
  const explanation = explained.data && explanationOf(explained.data, thresholds)
  const score = explanation?.overall.score
  const title = score === undefined || score === null ? t('expl.title', { day: dayShort(day) }) : t('expl.titleScore', { score, day: dayShort(day) })
  const show = () => onChange({ explain: wanted === '' || wanted >= today() ? 'now' : wanted })
  return (
    <Drawer
      label={title}
      head={<h2 className="cut text-base leading-6 font-semibold">{title}</h2>}
      onClose={close}
      footer={
        <form
          className="flex flex-wrap items-center gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            show()
          }}
        >
          <label className="small flex items-center gap-2">
            {t('expl.asOf')}
            <input type="date" max={today()} value={wanted} onChange={(event) => setWanted(event.target.value)} className="field-box" style={{ width: 144 }} />
          </label>
          <Button type="submit" look="outline">
            {t('expl.show')}
          </Button>
        </form>
      }
    >
      <Awaited query={explained} height={400} what={t('why.failed')}>
        {() => (explanation ? <Body explanation={explanation} thresholds={thresholds} past={past} /> : <State>{t('why.nothing')}</State>)}
      </Awaited>
    </Drawer>
  )
}

function Body({ explanation, thresholds, past }: { explanation: Explanation; thresholds: [number, number]; past: boolean }) {
  const { overall, components, cap, override, gains } = explanation
  const gain = gains.find((one) => one.isLargest)
  const window = components.flatMap((one) => one.parts).find((part) => part.window_from && part.window_to)
  return (
    <>
      {overall.score === null ? (
        <p className="small quiet">{overall.reading}</p>
      ) : (
        <ScoreBar earned={components.map((one) => ({ key: one.key, label: componentName(one.key), points: one.earned }))} gain={gain?.points} thresholds={thresholds} label={t('why.sentencePlain', { score: overall.score })} />
      )}
      {override && <Note>{t('expl.override', { score: override.score ?? 0, reason: override.reading })}</Note>}
      <CapNote cap={cap} score={overall.score} />
      {components.map((one) => (
        <Component key={one.key} one={one} />
      ))}
      {gain && <Note tone="good">{t('expl.gain', { part: partName(gain.component, gain.part), score: gain.score })}</Note>}
      <p className="small quiet wrap-anywhere">{overall.reading}</p>
      {window && <p className="small quiet num">{t('expl.window', { from: dayShort(window.window_from!), to: dayShort(window.window_to!) })}</p>}
      <p className="small quiet">{t(past ? 'expl.past' : 'expl.readOnly')}</p>
    </>
  )
}

function Component({ one }: { one: ComponentRow }) {
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
