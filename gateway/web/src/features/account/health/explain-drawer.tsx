// The whole explanation, beside the page: every part with what was measured, what it gives and what it loses; also as of a day.
import { useCallback, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { ScoreBar } from '@/components/chart/score-bar'
import { State } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Drawer } from '@/components/ui/drawer'
import { Note } from '@/components/ui/note'
import { componentName } from '@/lib/components-of-health'
import { dayIn } from '@/lib/days'
import { dayShort } from '@/lib/format'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { CapNote } from './cap-note'
import { explanationOf, type Explanation } from './explanation'
import { explainQuery } from './health-api'
import { partName } from './part-names'
import { Component } from './explain-component'

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
