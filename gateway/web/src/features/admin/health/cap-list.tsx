// The limits to a score: each with a switch, in order, because the first that holds wins.
import { lazy, Suspense, useState } from 'react'
import { ArrowDown, ArrowUp, Pencil, Plus } from 'lucide-react'
import { sentenceOf } from '@/components/criteria-builder/sentence'
import { useBuilderContext } from '@/components/criteria-builder/use-builder-context'
import { State } from '@/components/states'
import { Button, IconButton } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { Switch } from '@/components/ui/switch'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import type { EditProps } from './edit-props'
import { capMost, newCap, type Cap } from './model'

const CapDialog = lazy(() => import('./cap-dialog').then((m) => ({ default: m.CapDialog })))

export function CapList({ model: { caps, thresholds }, onChange }: EditProps) {
  const { mayEdit, currency } = useShown()
  const { builder } = useBuilderContext(currency)
  const [editing, setEditing] = useState<Cap>()
  const set = (next: Cap[]) => onChange({ caps: next })
  const put = (cap: Cap) => set(caps.some((one) => one.id === cap.id) ? caps.map((one) => (one.id === cap.id ? cap : one)) : [...caps, cap])
  const step = (at: number, by: -1 | 1) => set(caps.map((cap, i) => (i === at ? caps[at + by]! : i === at + by ? caps[at]! : cap)))
  const words = (cap: Cap) => sentenceOf(cap.when, builder.vocabulary)
  return (
    <Panel
      title={t('hw.caps')}
      sub={t('hw.capsSub')}
      ends={
        mayEdit && (
          <Button look="ghost" onClick={() => setEditing(newCap())}>
            <Plus aria-hidden />
            {t('hw.capAdd')}
          </Button>
        )
      }
    >
      {caps.length === 0 && <State>{t('hw.capsNone')}</State>}
      <ol className="px-4 pb-2">
        {caps.map((cap, at) => (
          <li key={cap.id} className="small flex flex-wrap items-center gap-x-2.5 gap-y-1 border-hairline py-2 not-first:border-t">
            <Switch checked={cap.is_active} label={words(cap)} onChange={(is_active) => put({ ...cap, is_active })} />
            <bdi className="min-w-0 flex-1 basis-44 wrap-anywhere" title={cap.reason}>
              {words(cap)}
            </bdi>
            <span className={cap.is_active ? 'num' : 'quiet num'}>{cap.is_active ? t('hw.atMost', { n: capMost(cap, thresholds.healthy) }) : t('hw.off')}</span>
            {mayEdit && (
              <span className="flex">
                <IconButton small label={t('hw.capUp', { what: words(cap) })} held={at === 0} onClick={() => step(at, -1)}>
                  <ArrowUp aria-hidden />
                </IconButton>
                <IconButton small label={t('hw.capDown', { what: words(cap) })} held={at === caps.length - 1} onClick={() => step(at, 1)}>
                  <ArrowDown aria-hidden />
                </IconButton>
                <IconButton small label={t('hw.capEdit', { what: words(cap) })} onClick={() => setEditing(cap)}>
                  <Pencil aria-hidden />
                </IconButton>
              </span>
            )}
          </li>
        ))}
      </ol>
      <Suspense>
        {editing && (
          <CapDialog
            cap={editing}
            isNew={!caps.some((one) => one.id === editing.id)}
            healthy={thresholds.healthy}
            builder={builder}
            onClose={() => setEditing(undefined)}
            onRemove={() => {
              set(caps.filter((one) => one.id !== editing.id))
              setEditing(undefined)
            }}
            onDone={(cap) => {
              put(cap)
              setEditing(undefined)
            }}
          />
        )}
      </Suspense>
    </Panel>
  )
}
