// Who moves from which level to which, and what they are worth; a move opens its accounts.
import { ListLink } from '@/components/list-link'
import { Money } from '@/components/money'
import { cn } from '@/lib/cn'
import { where } from '@/lib/criteria'
import { count } from '@/lib/format'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { STATES, type LevelState, type Moved, type Outcome } from './outcome'

/** As many ids as an address can hold. */
export const MOST_IDS = 50

export function Matrix({ outcome: { before, after, moves } }: { outcome: Outcome }) {
  const states = STATES.filter((state) => state !== 'No data' || before[state].accounts + after[state].accounts > 0)
  return (
    <>
      <h3 className="small mt-4 mb-2 font-semibold">{t('hw.who')}</h3>
      <table className="small table-fixed">
        <caption className="sr-only">{t('hw.who')}</caption>
        <thead>
          <tr className="quiet">
            <th scope="col" className="px-2 py-1.5 font-medium">
              {t('hw.fromTo')}
            </th>
            {states.map((state) => (
              <th key={state} scope="col" className="px-2 py-1.5 text-end font-medium">
                {t(`health.${state}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {states.map((from) => (
            <tr key={from}>
              <th scope="row" className="border-t border-hairline px-2 py-1.5">
                {t(`health.${from}`)}
              </th>
              {states.map((to) => (
                <Cell key={to} from={from} to={to} moved={moves[from][to]} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Cell({ from, to, moved: { accounts, arr, ids } }: { from: LevelState; to: LevelState; moved: Moved }) {
  const { currency } = useShown()
  const isMove = from !== to && accounts > 0
  const better = STATES.indexOf(to) < STATES.indexOf(from)
  const text = count(accounts)
  return (
    <td className={cn('num rounded border-t border-hairline px-2 py-1.5 text-end', isMove ? (better ? 'bg-healthy-bg' : 'bg-critical-bg') : 'quiet')}>
      {isMove && ids.length <= MOST_IDS ? (
        <ListLink criteria={where('id', 'in', ids)} className="font-semibold">
          {text}
        </ListLink>
      ) : (
        <span className={isMove ? 'font-semibold' : undefined}>{text}</span>
      )}
      {isMove && (
        <span className="quiet max-md:hidden">
          {' '}
          <Money amount={arr} currency={currency} />
        </span>
      )}
    </td>
  )
}
