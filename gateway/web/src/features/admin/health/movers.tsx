// The accounts whose score would change most: now, then, and the way between; each opens beside the page.
import { Delta, Health } from '@/components/health'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import type { Model } from './model'
import type { Mover } from './outcome'

export function Movers({ movers, thresholds }: { movers: Mover[]; thresholds: Model['thresholds'] }) {
  const { onPeek } = useShown()
  if (movers.length === 0) return null
  return (
    <>
      <h3 className="small mt-4 mb-2 font-semibold">{t('hw.movers')}</h3>
      <table className="tbl table-fixed" style={{ marginInline: -16, width: 'calc(100% + 32px)' }}>
        <caption className="sr-only">{t('hw.movers')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('col.name')}</th>
            <th scope="col" style={{ width: 68 }}>
              {t('hw.now')}
            </th>
            <th scope="col" className="wide-only w-28">
              {t('hw.scale')}
            </th>
            <th scope="col" style={{ width: 68 }}>
              {t('hw.then')}
            </th>
            <th scope="col" className="end" style={{ width: 84 }}>
              {t('hw.change')}
            </th>
          </tr>
        </thead>
        <tbody>
          {movers.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <button type="button" dir="auto" className="cut w-full text-start hover:text-link" title={one.name} onClick={() => onPeek(one.id)}>
                  {one.name}
                </button>
              </th>
              <td>
                <Health dense score={one.from} level={one.oldLevel} />
              </td>
              <td className="wide-only">
                <Way from={one.from} to={one.to} marks={[thresholds.critical, thresholds.healthy]} />
              </td>
              <td>
                <Health dense score={one.to} level={one.newLevel} />
              </td>
              <td className="end">
                <Delta change={one.change} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** From the hollow point to the full one, on a scale of 100. */
function Way({ from, to, marks }: { from: number; to: number; marks: number[] }) {
  return (
    <svg aria-hidden viewBox="-6 0 112 18" className="block w-full" style={{ height: 18 }} preserveAspectRatio="none">
      {marks.map((at) => (
        <path key={at} d={`M${at} 0V18`} stroke="var(--border)" strokeDasharray="2 2" vectorEffect="non-scaling-stroke" />
      ))}
      <path d={`M${from} 9H${to}`} stroke="var(--bar-soft)" strokeWidth="2" />
      <circle cx={from} cy="9" r="4" fill="var(--card)" stroke="var(--bar)" strokeWidth="2" />
      <circle cx={to} cy="9" r="5" fill="var(--bar)" />
    </svg>
  )
}
