// The tenant's own fields: in order, with where each is used; those no longer in use below.
import { lazy, Suspense, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { Awaited } from '@/components/awaited'
import { State } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { t } from '@/lib/i18n'
import { HeadMore } from '../head-more'
import { useShown } from '../shown'
import { Archived } from './archived'
import { FieldTable } from './field-table'
import { customFieldsQuery, type CustomField } from './fields-api'

const FieldDialog = lazy(() => import('./field-dialog').then((m) => ({ default: m.FieldDialog })))

export function Fields() {
  const { mayEdit } = useShown()
  const fields = useQuery(customFieldsQuery)
  const [editing, setEditing] = useState<CustomField | 'new'>()
  return (
    <>
      {mayEdit && (
        <HeadMore>
          <Button className="ms-auto" onClick={() => setEditing('new')}>
            <Plus aria-hidden />
            {t('cf.add')}
          </Button>
        </HeadMore>
      )}
      <Awaited query={fields} height={300}>
        {(all) => (
          <div className="grid gap-4">
            <Panel title={t('admin.fields')} sub={t('cf.sub')}>
              {all.every((one) => !one.is_active) ? <State>{t('cf.none')}</State> : <FieldTable fields={all.filter((one) => one.is_active)} onEdit={setEditing} />}
            </Panel>
            <Archived fields={all.filter((one) => !one.is_active)} />
          </div>
        )}
      </Awaited>
      <Suspense>{editing && <FieldDialog field={editing === 'new' ? undefined : editing} after={Math.max(0, ...(fields.data ?? []).map((one) => one.display_order))} onClose={() => setEditing(undefined)} />}</Suspense>
    </>
  )
}
