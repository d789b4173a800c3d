// One change: a line, with the reason where one was given, that opens into what was before and after.
import { useId, useState } from 'react'
import { ChevronDown } from 'lucide-react'
import { When } from '@/components/ui/when'
import { cn } from '@/lib/cn'
import { listed, moment } from '@/lib/format'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import type { AuditEntry } from './audit-api'
import { changesIn, written } from './entries'
import { actorName, entryName, objectName, type Names } from './words'

const MOST_FIELDS = 4

export function AuditLine({ entry, names }: { entry: AuditEntry; names: Names }) {
  const { timeZone } = useShown()
  const id = useId()
  const [open, setOpen] = useState(false)
  const changes = changesIn(entry)
  const fields = changes.map(({ field }) => field)
  return (
    <li className="small border-hairline not-first:border-t">
      <button type="button" aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => setOpen(!open)} className="flex min-h-11 w-full flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-1.5 text-start hover:bg-muted">
        <ChevronDown aria-hidden className={cn('quiet size-4', open && 'rotate-180')} strokeWidth={1.5} />
        <span className="min-w-0 flex-1 basis-64">
          <span className={entry.action === 'delete' ? 'bad' : undefined}>{t(`au.${entry.action}`)}</span> <span className="quiet">{objectName(entry.table_name)}</span>{' '}
          <bdi className="font-medium wrap-anywhere">{entryName(entry, names) || t('au.gone')}</bdi>
          {entry.action === 'update' && fields.length > 0 && <span className="quiet">: {fields.length > MOST_FIELDS ? t('au.fields', { n: fields.length }) : listed(fields)}</span>}
          {entry.reason && !open && <bdi className="quiet block truncate">{entry.reason}</bdi>}
        </span>
        <span className="flex min-w-0 items-center gap-3 max-md:w-full">
          <bdi className="min-w-0 flex-1 truncate">{actorName(entry, names)}</bdi>
          <When at={entry.at} timeZone={timeZone} className="quiet num w-24 text-end" />
        </span>
      </button>
      {open && (
        <div id={id} className="overflow-x-auto px-4 pb-3">
          <p className="quiet num">{moment(entry.at, timeZone)}</p>
          {entry.reason && (
            <p className="mt-1 wrap-anywhere">
              <span className="quiet">{t('au.reason')}</span> <bdi>{entry.reason}</bdi>
            </p>
          )}
          <table className="mt-1 table-fixed">
            <caption className="sr-only">{t('au.differences')}</caption>
            <thead>
              <tr className="quiet">
                <th scope="col" className="w-1/4 py-1 pe-3">
                  {t('conflict.field')}
                </th>
                <th scope="col" className="py-1 pe-3">
                  {t('au.before')}
                </th>
                <th scope="col" className="py-1">
                  {t('au.after')}
                </th>
              </tr>
            </thead>
            <tbody className="align-top wrap-anywhere">
              {changes.map(({ field, before, after }) => (
                <tr key={field}>
                  <th scope="row" className="py-1 pe-3">
                    <code>{field}</code>
                  </th>
                  <Value value={before} people={names.people} />
                  <Value value={after} people={names.people} strong />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </li>
  )
}

function Value({ value, people, strong }: { value: unknown; people: Map<string, string> | undefined; strong?: boolean }) {
  if (value === null) return <td className="quiet py-1 pe-3">{t('notSet')}</td>
  const text = written(value)
  return (
    <td className={cn('num py-1 pe-3', strong && 'font-semibold')}>
      <bdi>{people?.get(text) ?? text}</bdi>
    </td>
  )
}
