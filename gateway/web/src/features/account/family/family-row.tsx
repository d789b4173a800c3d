// One account of the family: its own figures and, in italics, what its branch adds up to.
import { useQuery } from '@tanstack/react-query'
import { ChevronRight, CornerDownRight, FolderTree } from 'lucide-react'
import { AccountLink } from '@/components/account-link'
import { Health } from '@/components/health'
import { IconButton } from '@/components/ui/button'
import { money } from '@/lib/format'
import { t } from '@/lib/i18n'
import { levelOf } from '../health/explanation'
import { useShown } from '../shown'
import { type Relative } from './family-api'
import { STANDARD, thresholdsQuery } from '@/lib/thresholds'

type RowProps = { row: Relative; depth: number; isClosed: boolean; onToggle: () => void; onMove?: () => void }

export function FamilyRow({ row, depth, isClosed, onToggle, onMove }: RowProps) {
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
