// What the CRM knows of the account, edited where it stands, and what was changed last.
import { Fragment } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { whenText } from '@/components/ui/when'
import { t } from '@/lib/i18n'
import { Editable } from '../fields/editable'
import { changesQuery } from '../fields/fields-api'
import { fieldLabel } from '../fields/field-list'
import { useFields } from '../fields/use-fields'
import { useShown } from '../shown'
import { RailSection } from './rail-section'

const MOST = 9

export function Details() {
  const { id, may, timeZone, onChange } = useShown()
  const fields = useFields()
  const changes = useQuery(changesQuery(id))
  const shown = fields.filter((one) => one.group === 'crm' || one.group === 'custom').slice(0, MOST)
  const last = changes.data?.[0]
  return (
    <RailSection
      title={t('det.title')}
      ends={
        <Button look="ghost" onClick={() => onChange({ tab: 'fields' })}>
          {t(may('account.edit') ? 'det.edit' : 'det.all')}
          {may('account.edit') && <kbd>{'e'}</kbd>}
        </Button>
      }
    >
      <dl className="facts">
        {shown.map((row) => (
          <Fragment key={row.field}>
            <dt>
              <bdi>{row.label}</bdi>
            </dt>
            <dd style={{ paddingBlock: 3 }}>
              <Editable row={row} />
            </dd>
          </Fragment>
        ))}
      </dl>
      {last && (
        <p className="quiet small mt-1.5">
          {t(last.actor_name ? 'det.changedBy' : 'det.changed', { field: fieldLabel(fields, last.field_name), when: whenText(last.at, timeZone), name: last.actor_name ?? '' })}
        </p>
      )}
    </RailSection>
  )
}
