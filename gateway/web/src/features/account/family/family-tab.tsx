// The family as a tree: each account with its own figures and, in italics, what its branch adds up to.
import { lazy, Suspense, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { State } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { familyQuery, MOST_RELATIVES, type Relative } from './family-api'
import { FamilyRow } from './family-row'

const MoveDialog = lazy(() => import('./move-dialog').then((m) => ({ default: m.MoveDialog })))

export function FamilyTab() {
  const { id, page, may, onDialog } = useShown()
  const family = useQuery(familyQuery(id, page.account.hierarchy_path))
  const [moving, setMoving] = useState<Relative>()
  return (
    <Panel
      id="family"
      title={t('acct.family')}
      sub={t('fam.sub')}
      ends={
        may('account.edit') && (
          <Button look="ghost" onClick={() => onDialog('move')}>
            {t('acct.move')}
          </Button>
        )
      }
    >
      <Awaited query={family} height={240} what={t('fam.failed')}>
        {(rows) => (rows.length === 0 ? <State>{t('fam.none')}</State> : <Tree rows={rows} onMove={may('account.edit') ? setMoving : undefined} />)}
      </Awaited>
      {moving && (
        <Suspense>
          <MoveDialog who={moving} onClose={() => setMoving(undefined)} />
        </Suspense>
      )}
    </Panel>
  )
}

function Tree({ rows, onMove }: { rows: Relative[]; onMove?: (one: Relative) => void }) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const base = Math.min(...rows.map((one) => one.level))
  const shown = rows.filter((row) => !row.path.split('/').slice(0, -1).some((above) => closed.has(above)))
  const toggle = (row: Relative) => {
    const next = new Set(closed)
    if (!next.delete(row.id)) next.add(row.id)
    setClosed(next)
  }
  return (
    <>
      <ScrollRegion className="scroll" label={t('acct.family')}>
        <table className="tbl">
          <caption className="sr-only">{t('acct.family')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('col.name')}</th>
              <th scope="col">{t('col.health')}</th>
              <th scope="col" className="end">{t('fam.ownArr')}</th>
              <th scope="col">{t('fam.familyHealth')}</th>
              <th scope="col" className="end">{t('fam.familyArr')}</th>
              <th scope="col">{t('col.stage')}</th>
              {onMove && (
                <th scope="col">
                  <span className="sr-only">{t('actions')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <FamilyRow key={row.id} row={row} depth={row.level - base} isClosed={closed.has(row.id)} onToggle={() => toggle(row)} onMove={onMove && (() => onMove(row))} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {rows.length >= MOST_RELATIVES && <p className="quiet small px-4 py-3">{t('fam.cut', { n: MOST_RELATIVES })}</p>}
    </>
  )
}
