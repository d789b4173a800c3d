// The record of changes: who, when, of what; each opens to show what was before and after; filtered by the address.
import { useState } from 'react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { message, State } from '@/components/states'
import { Awaited } from '@/components/awaited'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { csv, download } from '@/lib/csv'
import { t } from '@/lib/i18n'
import { fail } from '@/lib/toasts'
import { peopleNamesQuery } from '../api'
import { HeadMore } from '../head-more'
import { useShown } from '../shown'
import { AuditFilterBar } from './filter-bar'
import { AuditLine } from './audit-line'
import { auditQuery, readAll, rowNamesQuery, type AuditFilter } from './audit-api'
import { csvRows } from './entries'
import { actorName, entryName, objectName } from './words'

export function Audit() {
  const { search, timeZone } = useShown()
  const { who, object, action, from, to } = search
  const filter: AuditFilter = { who, object, action, from, to }
  const log = useInfiniteQuery(auditQuery(filter, timeZone))
  const { data: people } = useQuery(peopleNamesQuery)
  const entries = log.data?.pages.flat()
  const { data: rows } = useQuery({ ...rowNamesQuery(entries ?? []), enabled: entries !== undefined, placeholderData: (before) => before })
  const names = { people, rows }
  const isFiltered = Object.values(filter).some((one) => one !== undefined)
  return (
    <>
      <HeadMore>
        <Save filter={filter} names={names} />
      </HeadMore>
      <Panel title={t('au.title')} sub={t('au.sub')} footer={<span>{t('au.models')}</span>}>
        <div className="px-4 pb-3">
          <AuditFilterBar people={people} />
        </div>
        <Awaited query={{ ...log, data: entries }} height={400}>
          {(all) =>
            all.length === 0 ? (
              <State>{t(isFiltered ? 'au.noMatch' : 'au.none')}</State>
            ) : (
              <ul className="border-t">
                {all.map((one) => (
                  <AuditLine key={one.id} entry={one} names={names} />
                ))}
              </ul>
            )
          }
        </Awaited>
        {log.hasNextPage && (
          <div className="border-t border-hairline p-3">
            <Button look="outline" busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
              {t('au.more')}
            </Button>
          </div>
        )}
      </Panel>
    </>
  )
}

function Save({ filter, names }: { filter: AuditFilter; names: Parameters<typeof actorName>[1] }) {
  const { timeZone } = useShown()
  const [busy, setBusy] = useState(false)
  async function save() {
    setBusy(true)
    try {
      const all = await readAll(filter, timeZone)
      const words = { who: (one: (typeof all)[number]) => actorName(one, names), object: (one: (typeof all)[number]) => objectName(one.table_name), name: (one: (typeof all)[number]) => entryName(one, names), action: (one: (typeof all)[number]) => t(`au.${one.action}`) }
      const head = [t('au.when'), t('au.who'), t('au.action'), t('au.object'), t('au.name'), t('conflict.field'), t('au.before'), t('au.after'), t('fd.reason')]
      download(`audit-${new Date().toISOString().slice(0, 10)}.csv`, csv(head, csvRows(all, words)))
    } catch (error) {
      fail(message(error))
    }
    setBusy(false)
  }
  return (
    <Button look="ghost" className="ms-auto" busy={busy} onClick={() => void save()}>
      {!busy && <Download aria-hidden />}
      {t('chart.csv')}
    </Button>
  )
}
