// Usage of accounts that do not exist yet: by the id it waits for, until when, and the way to make the account.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Awaited } from '@/components/awaited'
import { State } from '@/components/states'
import { buttonClass } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { count, dayShort, listed } from '@/lib/format'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { KINDS } from './feeds-api'
import { waitingQuery } from './waiting-api'
import { groupsOf, type WaitingGroup } from './waiting-groups'

const MOST_SHOWN = 50

export function Waiting() {
  const waiting = useQuery(waitingQuery)
  return (
    <Panel title={t('wu.title')} sub={t('wu.sub')}>
      <Awaited query={waiting} height={80}>
        {({ rows, all }) => {
          const groups = groupsOf(rows)
          const more = groups.length - MOST_SHOWN
          if (groups.length === 0) return <State>{t('wu.none')}</State>
          return (
            <>
              <ul className="pad small">
                {groups.slice(0, MOST_SHOWN).map((one) => (
                  <Group key={`${one.id}-${one.endedAt}-${one.reason}`} group={one} />
                ))}
              </ul>
              {(more > 0 || all > rows.length) && <p className="quiet small num px-4 pb-3">{all > rows.length ? t('wu.partly', { n: count(rows.length), all: count(all) }) : t('wu.more', { n: more })}</p>}
            </>
          )
        }}
      </Awaited>
    </Panel>
  )
}

const kindName = (kind: string) => {
  const known = KINDS.find((one) => one === kind)
  return known ? t(`fd.${known}`) : kind
}

function Group({ group: { id, rows, kinds, first, last, endsAt, endedAt, reason } }: { group: WaitingGroup }) {
  const { me, timeZone } = useShown()
  const from = dayShort(first, timeZone)
  const to = dayShort(last, timeZone)
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-hairline py-2 not-first:border-t">
      <span className="min-w-0 flex-1 basis-44">
        <bdi className="font-medium wrap-anywhere">{id}</bdi>{' '}
        <span className="quiet num">
          {t('wu.rows', { n: rows })}, {listed(kinds.map(kindName))}, {from === to ? t('wu.on', { day: from }) : t('wu.between', { from, to })}
        </span>
        <span className={endedAt === null ? 'quiet num block' : 'warn num block wrap-anywhere'}>{endedAt === null ? t('wu.ends', { day: dayShort(endsAt, timeZone) }) : t('wu.ended', { day: dayShort(endedAt, timeZone), reason: reason ?? t('notSet') })}</span>
      </span>
      {endedAt === null && me.permissions.includes('account.edit') && (
        <Link to="/dashboard/accounts" search={{ open: 'new', external: id }} aria-label={t('wu.makeOne', { id })} className={buttonClass('outline', 'xs')}>
          {t('wu.make')}
        </Link>
      )}
    </li>
  )
}
