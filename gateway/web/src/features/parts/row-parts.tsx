// A table with the hard cases: long names, right-to-left names, nothing known, selected, open.
import { Delta, Health } from '@/components/health'
import { Panel } from '@/components/ui/panel'
import { day, money } from '@/lib/format'
import { t } from '@/lib/i18n'
import { LONG, rows } from './sample'

export function RowParts() {
  return (
    <>
      <Panel title={t('parts.rows')} className="min-[1100px]:col-span-2">
        <table className="tbl">
          <caption className="sr-only">{t('parts.rows')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('col.name')}</th>
              <th scope="col">{t('col.health')}</th>
              <th scope="col" className="end">{t('col.arr')}</th>
              <th scope="col" className="wide-only">{t('col.renewal')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name} aria-selected={'selected' in row || undefined} data-open={'open' in row || undefined}>
                <th scope="row" className="max-w-60 max-md:max-w-32">
                  <bdi className="name cut" title={row.name}>
                    {row.name}
                  </bdi>
                </th>
                <td>
                  <span className="inline-flex items-center gap-2">
                    <Health score={row.score} level={row.level} confidence={'confidence' in row ? row.confidence : null} dense />
                    <Delta change={row.change} />
                  </span>
                </td>
                <td className="end">{row.arr === null ? <span className="quiet">{t('notSet')}</span> : money(row.arr, 'USD')}</td>
                <td className="num wide-only whitespace-nowrap">{row.end === null ? <span className="quiet">{t('noDate')}</span> : day(row.end)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      <Panel title={t('parts.longName')} className="min-[1100px]:col-span-2">
        <div className="pad">
          <p className="line-clamp-2 text-xl leading-7 font-semibold tracking-[-0.015em]" title={LONG}>
            {LONG}
          </p>
        </div>
      </Panel>
    </>
  )
}
