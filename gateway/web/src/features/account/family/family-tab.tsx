// The family as a tree: each account with its own figures and, in italics, what its branch adds up to.
import { lazy, Suspense, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { ChevronRight, CornerDownRight, FolderTree } from 'lucide-react'
import { AccountLink } from '@/components/account-link'
import { Awaited } from '@/components/awaited'
import { Health } from '@/components/health'
import { State } from '@/components/states'
import { Button, IconButton } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { money } from '@/lib/format'
import { t } from '@/lib/i18n'
import { levelOf } from '../health/explanation'
import { useShown } from '../shown'
import { familyQuery, MOST_RELATIVES, type Relative } from './family-api'
import { STANDARD, thresholdsQuery } from '@/lib/thresholds'

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
              <Row key={row.id} row={row} depth={row.level - base} isClosed={closed.has(row.id)} onToggle={() => toggle(row)} onMove={onMove && (() => onMove(row))} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {rows.length >= MOST_RELATIVES && <p className="quiet small px-4 py-3">{t('fam.cut', { n: MOST_RELATIVES })}</p>}
    </>
  )
}

type RowProps = { row: Relative; depth: number; isClosed: boolean; onToggle: () => void; onMove?: () => void }

function Row({ row, depth, isClosed, onToggle, onMove }: RowProps) {
  const { id, currency } = useShown()
  const { data: thresholds = STANDARD } = useQuery(thresholdsQuery)
  const here = row.id === id
  const branch = row.descendants > 0
  return (
    <tr data-open={here} aria-current={here ? 'true' : undefined}>
      <th scope="row" className="max-w-80 min-w-48">
        <span className="flex min-w-0 items-center gap-1.5" style={{ paddingInlineStart: depth * 20 }}>
          {branch ? (
            <IconButton label={t(isClosed ? 'fam.open' : 'fam.close', { name: row.name })} small aria-expanded={!isClosed} onClick={onToggle}>
              <ChevronRight aria-hidden style={{ rotate: isClosed ? undefined : '90deg' }} className={'rtl:-scale-x-100'} />
            </IconButton>
          ) : (
            <span aria-hidden className="quiet grid size-6 shrink-0 place-items-center">
              {depth > 0 && <CornerDownRight className="size-3.5 rtl:-scale-x-100" strokeWidth={1.5} />}
            </span>
          )}
          {here ? (
            <bdi className="cut font-semibold" title={row.name}>
              {row.name}
            </bdi>
          ) : (
            <AccountLink id={row.id} className="name cut hover:text-link" title={row.name}>
              <bdi>{row.name}</bdi>
            </AccountLink>
          )}
          {here && <span className="sr-only">, {t('fam.here')}</span>}
        </span>
      </th>
      <td>
        <Health score={row.overall_score} level={row.risk_level} confidence={row.confidence} dense />
      </td>
      <td className="end">{money(row.own_arr, currency)}</td>
      <td className={branch ? 'italic' : undefined}>{branch ? <Health score={row.family_score} level={row.family_score === null ? null : levelOf(row.family_score, thresholds)} dense /> : <span className="quiet">{t('fam.alone')}</span>}</td>
      <td className={branch ? 'end italic' : 'end'}>{branch ? money(row.family_arr, currency) : <span className="quiet">{t('fam.alone')}</span>}</td>
      <td className="whitespace-nowrap">
        <bdi>{row.current_stage}</bdi>
      </td>
      {onMove && (
        <td className="end">
          <IconButton label={t('fam.move', { name: row.name })} small onClick={onMove}>
            <FolderTree aria-hidden />
          </IconButton>
        </td>
      )}
    </tr>
  )
}
