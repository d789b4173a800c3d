// A row per component, most points lost first: the length of its track is its weight, earned solid, lost hatched.
import { useQuery } from '@tanstack/react-query'
import { Delta } from '@/components/health'
import { componentName, type Component } from '@/lib/components-of-health'
import { decimal } from '@/lib/format'
import { t } from '@/lib/i18n'
import { readingOf, type ComponentRow } from './explanation'
import { historyQuery, type Snapshot } from './health-api'
import { useShown } from '../shown'

const DAYS = 30

/** How much a component moved since the first score of these days. */
function changeOf(history: Snapshot[] | undefined, key: Component) {
  const first = history?.[0]?.[`${key}_score`]
  const last = history?.at(-1)?.[`${key}_score`]
  return first === undefined || first === null || last === undefined || last === null ? null : last - first
}

/** What was measured of the part that costs most; the component itself only says that it is their mean. */
function reasonOf({ row, parts }: ComponentRow) {
  const worst = parts.filter((part) => (part.points_lost ?? 0) > 0).toSorted((a, b) => b.points_lost! - a.points_lost!)[0]
  return worst ? readingOf(worst) : row.reading
}

export function ComponentBars({ components }: { components: ComponentRow[] }) {
  const { id } = useShown()
  const history = useQuery(historyQuery(id, DAYS))
  const widest = Math.max(1, ...components.map((one) => one.share))
  return (
    <ul className="px-4 pb-2">
      {components.map((one) => (
        <li key={one.key} className="grid grid-cols-[112px_minmax(0,1fr)_88px] items-start gap-x-3 border-hairline py-2.5 not-first:border-t max-md:grid-cols-[minmax(0,1fr)_auto]">
          <div>
            <span className="font-semibold">{componentName(one.key)}</span> {one.row.score !== null && <span className="quiet num small">{decimal(one.row.score)}</span>}
            <p className="quiet num small">{t('why.weight', { weight: decimal(one.row.weight ?? 0) })}</p>
          </div>
          <div className="min-w-0 max-md:col-span-2 max-md:row-start-2 max-md:mt-1">
            {one.row.score === null ? (
              <p className="quiet small">{t('why.absent', { reason: one.row.null_reason ?? '' })}</p>
            ) : (
              <>
                <div aria-hidden className="mt-1 flex h-3 overflow-hidden rounded-[3px]" style={{ width: `${(one.share / widest) * 100}%` }}>
                  <span className="bg-bar" style={{ width: `${(one.earned / Math.max(1, one.share)) * 100}%` }} />
                  <span className="hatched flex-1" />
                </div>
                <p className="small mt-1 flex flex-wrap gap-x-2.5">
                  <span className="wrap-anywhere">{reasonOf(one)}</span>
                  <Delta change={changeOf(history.data, one.key)} />
                </p>
              </>
            )}
          </div>
          <div className="text-end">
            {one.lost > 0 && (
              <bdi dir="ltr" className="bad num font-semibold">
                {`\u2212${decimal(one.lost)}`}
              </bdi>
            )}
            <p className="quiet num small">{one.row.score !== null && t('why.earned', { earned: decimal(one.earned), share: decimal(one.share) })}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}
