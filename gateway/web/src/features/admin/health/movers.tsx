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
  const dot = (at: number, background: string) => <span className="absolute rounded-full" style={{ left: `calc(${at}% - 5px)`, top: 4, width: 10, height: 10, border: '2px solid var(--bar)', background }} />
  return (
    <span aria-hidden dir="ltr" className="relative block" style={{ height: 18 }}>
      {marks.map((at) => (
        <span key={at} className="absolute inset-y-0" style={{ left: `${at}%`, borderInlineStart: '1px dashed var(--border)' }} />
      ))}
      <span className="absolute" style={{ left: `${Math.min(from, to)}%`, width: `${Math.abs(to - from)}%`, top: 8, height: 2, background: 'var(--bar-soft)' }} />
      {dot(from, 'var(--card)')}
      {dot(to, 'var(--bar)')}
    </span>
  )
}
