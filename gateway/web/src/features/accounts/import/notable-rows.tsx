// The rows that are refused and those that look like accounts that are there: how many, which, and why.
import { useState } from 'react'
import { Download } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Note } from '@/components/ui/note'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { Segmented } from '@/components/ui/segmented'
import { count } from '@/lib/format'
import { t } from '@/lib/i18n'
import { notable, rowCount, type Kind, type Notable } from './notable'
import type { Result } from './run-import'
import type { Import } from './use-import'

const MOST_SHOWN = 50

export function NotableRows({ job, result }: { job: Import; result: Result }) {
  const [chosen, setChosen] = useState<Kind>('all')
  const [refused, alike] = [rowCount(result.refused), rowCount(result.alikes)]
  const hasBoth = refused > 0 && alike > 0
  const rows = notable(result, hasBoth ? chosen : 'all')
  return (
    <>
      {refused > 0 && (
        <div className="flex flex-wrap items-center gap-2">
          <p className="warn num me-auto">{t('import.refused', { n: refused })}</p>
          <Button look="outline" onClick={() => job.saveRefused(result)}>
            <Download aria-hidden />
            {t('load.file')}
          </Button>
        </div>
      )}
      {alike > 0 && (
        <Note tone="warn">
          {t('load.alike', { n: alike })} {result.moreAlikes && t('load.alikeMore')}
        </Note>
      )}
      {hasBoth && (
        <Segmented
          label={t('load.shown')}
          value={chosen}
          options={[
            { value: 'all', label: t('load.shownAll') },
            { value: 'refused', label: t('load.shownRefused', { n: count(refused) }) },
            { value: 'alike', label: t('load.shownAlike', { n: count(alike) }) },
          ]}
          onChange={setChosen}
        />
      )}
      <Table job={job} rows={rows.slice(0, MOST_SHOWN)} label={t(refused > 0 ? (alike > 0 ? 'load.notable' : 'load.refused') : 'load.alikeRows')} />
      {rows.length > MOST_SHOWN && <p className="quiet num">{t('load.more', { n: rows.length - MOST_SHOWN })}</p>}
    </>
  )
}

function Table({ job, rows, label }: { job: Import; rows: Notable[]; label: string }) {
  return (
    <ScrollRegion label={label} className="max-h-60 overflow-auto rounded-card border">
      <table className="tbl">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr>
            <th scope="col" className="end">{t('load.row')}</th>
            <th scope="col">{t('conflict.field')}</th>
            <th scope="col">{t('bulk.reason')}</th>
          </tr>
        </thead>
        <tbody className="[&_td]:h-8! [&_th]:h-8!">
          {rows.map((one) => (
            <tr key={`${one.kind}-${one.line}-${one.field}-${one.kind === 'refused' ? one.reason : one.like}`}>
              <th scope="row" className="end">{count(job.lineNumber(one.line))}</th>
              <td>
                <bdi>{one.kind === 'refused' ? one.field : t(`loadAlike.${one.field}`)}</bdi>
              </td>
              <td>
                <bdi className={one.kind === 'alike' ? 'warn block py-1 wrap-anywhere' : 'block py-1 wrap-anywhere'}>{reasonOf(one, job.lineNumber)}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function reasonOf(one: Notable, lineNumber: Import['lineNumber']) {
  if (one.kind === 'refused') return one.reason
  const { own, like, row } = one
  return row === undefined ? t('load.likeThere', { own, like }) : t('load.likeRow', { own, like, row: count(lineNumber(row)) })
}
