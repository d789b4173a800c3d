// The levels now and then: two bars above each other, and the numbers behind them.
import { LevelShape } from '@/components/health'
import { Money } from '@/components/money'
import { count } from '@/lib/format'
import { t } from '@/lib/i18n'
import { bandColor } from '@/lib/levels'
import { useShown } from '../shown'
import { STATES, type LevelState, type Outcome, type Sum } from './outcome'

export function NowThen({ outcome: { before, after } }: { outcome: Outcome }) {
  const { currency } = useShown()
  const states = STATES.filter((state) => state !== 'No data' || before[state].accounts + after[state].accounts > 0)
  const rows = [
    { key: 'now', name: t('hw.now'), sums: before, look: 'quiet' },
    { key: 'then', name: t('hw.then'), sums: after, look: 'font-semibold' },
  ]
  return (
    <>
      <div aria-hidden className="small grid items-center gap-2" style={{ gridTemplateColumns: '44px minmax(0, 1fr)' }}>
        {rows.map(({ key, name, sums, look }) => (
          <Bar key={key} name={name} look={look} states={states} sums={sums} />
        ))}
      </div>
      <table className="small mt-3 table-fixed">
        <caption className="sr-only">{t('hw.nowThen')}</caption>
        <thead>
          <tr>
            <th scope="col" style={{ width: 52 }}>
              <span className="sr-only">{t('hw.when')}</span>
            </th>
            {states.map((state) => (
              <th key={state} scope="col" className="py-1 text-end text-xs">
                <span className="inline-flex items-center gap-1.5">
                  <LevelShape band={state} />
                  {t(`health.${state}`)}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, sums, look }) => (
            <tr key={key}>
              <th scope="row" className={look}>
                {name}
              </th>
              {states.map((state) => (
                <td key={state} className="num py-1 text-end">
                  <b className="font-semibold">{count(sums[state].accounts)}</b>{' '}
                  <span className="quiet">
                    <Money amount={sums[state].arr} currency={currency} />
                  </span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Bar({ name, look, states, sums }: { name: string; look: string; states: readonly LevelState[]; sums: Record<LevelState, Sum> }) {
  return (
    <>
      <span className={look}>{name}</span>
      <span className="flex h-5 gap-0.5">
        {states.map((state) => sums[state].accounts > 0 && <span key={state} className="rounded-xs" style={{ flex: sums[state].accounts, background: bandColor[state] }} />)}
      </span>
    </>
  )
}
