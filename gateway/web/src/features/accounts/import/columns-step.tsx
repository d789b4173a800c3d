// What each column of the file is, with how the file is written and what its first rows hold.
import { useMemo } from 'react'
import { Note } from '@/components/ui/note'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { count } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { FieldInfo } from '@/components/criteria-builder/field-types'
import { DELIMITERS, ENCODINGS, type Delimiter, type Encoding } from './file-shape'
import { findSource, importable } from './mapping'
import type { Content, Import } from './use-import'
import { TargetSelect } from './target-select'

const ROWS = 50
const SAMPLES = 3

/** The first values of a column. */
const samples = (rows: string[][], column: number) => rows.slice(0, ROWS).map((row) => row[column]).filter(Boolean).slice(0, SAMPLES).join(', ')

export function ColumnsStep({ job, content, fields }: { job: Import; content: Content; fields: FieldInfo[] }) {
  const { shape, heads, rows } = content
  const source = findSource(heads)
  const own = useMemo(() => importable(fields), [fields])
  return (
    <>
      <p className="num">
        <bdi className="font-semibold">{content.name}</bdi>, {t('load.rows', { n: rows.length })}
        {source !== 'other' && <>, {t(`loadSource.${source}`)}</>}
      </p>
      <div className="flex flex-wrap items-end gap-3">
        <label className="grid gap-1">
          {t('load.delimiter')}
          <select value={shape.delimiter} onChange={(event) => job.reshape({ delimiter: event.target.value as Delimiter })} className="field-box">
            {DELIMITERS.map((one, i) => (
              <option key={one} value={one}>
                {t(`loadDelimiter.${(['comma', 'semicolon', 'tab', 'bar'] as const)[i]!}`)}
              </option>
            ))}
          </select>
        </label>
        <label className="grid gap-1">
          {t('load.encoding')}
          <select value={shape.encoding} onChange={(event) => job.reshape({ encoding: event.target.value as Encoding })} className="field-box">
            {ENCODINGS.map((one) => (
              <option key={one} value={one}>
                {one.toUpperCase()}
              </option>
            ))}
          </select>
        </label>
        <label className="hit h-8">
          <input type="checkbox" className="check" checked={shape.hasHeader} onChange={(event) => job.reshape({ hasHeader: event.target.checked })} />
          {t('load.header')}
        </label>
      </div>
      <ScrollRegion label={t('load.columns')} className="max-h-80 overflow-auto rounded-card border">
        <table className="tbl">
          <caption className="sr-only">{t('load.columns')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('load.inFile')}</th>
              <th scope="col">{t('load.sample')}</th>
              <th scope="col" className="w-52">{t('load.becomes')}</th>
            </tr>
          </thead>
          <tbody>
            {heads.map((head, i) => (
              // columns keep their places
              // eslint-disable-next-line react/no-array-index-key
              <tr key={i}>
                <th scope="row" className="max-w-40">
                  <bdi className="cut" title={head}>{head || t('load.column', { n: i + 1 })}</bdi>
                </th>
                <td className="max-w-44">
                  <bdi className="cut quiet">{samples(rows, i)}</bdi>
                </td>
                <td>
                  <TargetSelect head={head} value={job.targets[i] ?? ''} own={own} onChange={(target) => job.setTarget(i, target)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {job.faults.key && <Note tone="warn">{t('load.noKey')}</Note>}
      {job.faults.id && <Note>{t('load.nameIsKey')}</Note>}
      {job.faults.name && <Note>{t('load.noName')}</Note>}
      {rows.length === 0 && <Note tone="warn">{t('load.noRows', { n: count(0) })}</Note>}
    </>
  )
}
