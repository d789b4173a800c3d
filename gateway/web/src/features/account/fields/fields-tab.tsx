// Every field of the account, keys nobody described included: read, edited where it stands, with who changed it last.
import { lazy, Suspense } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { History } from 'lucide-react'
import { buttonClass, IconButton } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { whenText } from '@/components/ui/when'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { Editable } from './editable'
import { changesQuery, type FieldChange } from './fields-api'
import type { FieldRow } from './field-list'
import { useFields } from './use-fields'

const FieldHistory = lazy(() => import('./field-history').then((m) => ({ default: m.FieldHistory })))
const GROUPS = ['own', 'crm', 'custom', 'unknown'] as const

/** A field of one's own is described once and for all accounts, in the administration. */
function AddField() {
  return (
    <Link to="/dashboard/admin/$section" params={{ section: 'fields' }} className={buttonClass('ghost')}>
      {t('fld.add')}
    </Link>
  )
}

export function FieldsTab() {
  const { id, search, may, reader } = useShown()
  const fields = useFields()
  const changes = useQuery(changesQuery(id))
  return (
    <Panel id="fields" title={t('acct.fields')} sub={t(may('account.edit') ? 'fld.sub' : 'fld.readOnly')} ends={reader.permissions.includes('field.edit') && <AddField />}>
      <ScrollRegion className="scroll" label={t('acct.fields')}>
        <table className="tbl">
          <caption className="sr-only">{t('acct.fields')}</caption>
          <thead>
            <tr>
              <th scope="col" className="w-1/4">{t('fld.field')}</th>
              <th scope="col">{t('fld.value')}</th>
              <th scope="col" className="max-md:hidden">{t('fld.type')}</th>
              <th scope="col" className="max-md:hidden">{t('fld.changed')}</th>
              <th scope="col">
                <span className="sr-only">{t('actions')}</span>
              </th>
            </tr>
          </thead>
          {GROUPS.map((group) => {
            const rows = fields.filter((one) => one.group === group)
            return (
              rows.length > 0 && (
                <tbody key={group}>
                  <tr>
                    <th scope="rowgroup" colSpan={5} className="quiet font-medium" style={{ height: 32, fontSize: 12, background: 'var(--muted)' }}>
                      {t(`fld.group.${group}`)}
                    </th>
                  </tr>
                  {rows.map((row) => (
                    <Row key={row.field} row={row} change={changes.data?.find((one) => one.field_name === row.field)} />
                  ))}
                </tbody>
              )
            )
          })}
        </table>
      </ScrollRegion>
      {search.field && (
        <Suspense>
          <FieldHistory key={search.field} field={search.field} fields={fields} />
        </Suspense>
      )}
    </Panel>
  )
}

function Row({ row, change }: { row: FieldRow; change: FieldChange | undefined }) {
  const { timeZone, search, onChange } = useShown()
  const key = row.field.replace(/^crm_attributes\./, '')
  return (
    <tr data-open={search.field === row.field}>
      <th scope="row" className="name">
        <bdi>{row.label}</bdi>
        {row.label !== key && row.group !== 'own' && <code className="quiet block text-xs font-normal">{key}</code>}
      </th>
      <td className="min-w-48">
        <Editable row={row} />
      </td>
      <td className="quiet max-md:hidden">{t(`type.${row.type}`)}</td>
      <td className="quiet max-md:hidden">{change ? t(change.actor_name ? 'fld.changedBy' : 'fld.changedAt', { when: whenText(change.at, timeZone), name: change.actor_name ?? '' }) : t('fld.never')}</td>
      <td className="end">
        <IconButton label={t('fld.history', { field: row.label })} small aria-expanded={search.field === row.field} onClick={() => onChange({ field: search.field === row.field ? undefined : row.field })}>
          <History aria-hidden />
        </IconButton>
      </td>
    </tr>
  )
}
