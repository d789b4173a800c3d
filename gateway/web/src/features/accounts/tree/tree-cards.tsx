// Families on screens too narrow for the table.
import { useRef } from 'react'
import { Delta, Health } from '@/components/health'
import { useRowsInView } from '@/components/data-table/use-rows-in-view'
import { cn } from '@/lib/cn'
import { moneyShort } from '@/lib/format'
import { t } from '@/lib/i18n'
import { ArrCell } from '../cells'
import { FamilyHealth, TreeName } from './tree-name'
import { LoadMore } from '../load-more'
import type { TreeParts } from './parts'

const HEIGHT = 72

export function TreeCards({ rows, families, folded, figures, context, open, actions, onFold, hasMore, onMore }: TreeParts) {
  const list = useRef<HTMLUListElement>(null)
  const { from, to } = useRowsInView(rows.length, HEIGHT, list)
  return (
    <>
    <ul ref={list} aria-label={t('tree.title')} className="acct-cards" style={{ paddingTop: from * HEIGHT, paddingBottom: Math.max(0, rows.length - to) * HEIGHT }}>
      {rows.slice(from, to).map(({ account, depth, context: isContext }, i) => {
        const family = families?.get(account.id)
        return (
          <li key={account.id} data-row={from + i} data-open={account.id === open || undefined} className={cn(isContext && 'quiet')} style={{ height: HEIGHT }}>
            <div className="min-w-0 flex-1">
              <h2>
                <TreeName account={account} depth={Math.min(depth, 4)} family={family} folded={folded.has(account.id)} isContext={isContext} actions={actions} onFold={onFold} />
              </h2>
              <p className="small flex items-center gap-2 overflow-hidden ps-7" style={{ marginInlineStart: Math.min(depth, 4) * 20 }}>
                {figures === 'family' && family ? (
                  <span className="sum-of">
                    <FamilyHealth family={family} />
                  </span>
                ) : (
                  <>
                    <Health score={account.overall_score} level={account.risk_level} confidence={account.confidence} />
                    <Delta change={account.score_change_30d} />
                  </>
                )}
              </p>
            </div>
            <div className="shrink-0 text-end">
              {figures !== 'family' && (
                <p className="num font-semibold">
                  <ArrCell row={account} context={context} />
                </p>
              )}
              {figures !== 'own' && family && <p className="small num sum-of">{moneyShort(family.family_arr, context.currency)}</p>}
            </div>
          </li>
        )
      })}
    </ul>
    <LoadMore wanted={to} loaded={rows.length} found={hasMore ? Infinity : rows.length} onMore={onMore} />
    </>
  )
}
