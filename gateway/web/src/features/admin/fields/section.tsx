// The tenant's own fields: in order, with where each is used; those no longer in use below.
import { lazy, Suspense, useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, Plus } from 'lucide-react'
import { Awaited } from '@/components/awaited'
import { message, State } from '@/components/states'
import { Button, IconButton } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { t } from '@/lib/i18n'
import { fail, toast } from '@/lib/toasts'
import { HeadMore } from '../head-more'
import { useShown } from '../shown'
import { customFieldsQuery, saveField, type CustomField } from './fields-api'

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

function FieldTable({ fields, onEdit }: { fields: CustomField[]; onEdit: (field: CustomField) => void }) {
  const { mayEdit } = useShown()
  const client = useQueryClient()
  const order = useMutation({
    mutationFn: async (sorted: CustomField[]) => {
      for (const [at, one] of sorted.entries()) if (one.display_order !== at + 1) await saveField({ id: one.id, display_order: at + 1 })
    },
    onMutate: (sorted) => client.setQueryData(customFieldsQuery.queryKey, (now) => [...sorted, ...(now ?? []).filter((one) => !one.is_active)]),
    onError: (error) => fail(message(error)),
    onSettled: () => client.invalidateQueries(),
  })
  const step = (at: number, by: -1 | 1) => order.mutate(fields.map((one, i) => (i === at ? fields[at + by]! : i === at + by ? fields[at]! : one)))
  const where = (one: CustomField) => [one.is_required && t('cf.is_required'), one.in_lists && t('cf.in_lists'), one.in_import && t('cf.in_import')].filter((it) => it !== false).join(', ')
  return (
    <table className="tbl">
      <caption className="sr-only">{t('admin.fields')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('cf.label')}</th>
          <th scope="col" className="wide-only">{t('cf.key')}</th>
          <th scope="col">{t('cf.type')}</th>
          <th scope="col" className="wide-only">{t('cf.used')}</th>
          {mayEdit && (
            <th scope="col">
              <span className="sr-only">{t('actions')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {fields.map((one, at) => (
          <tr key={one.id}>
            <th scope="row" className="max-w-48">
              <bdi className="name cut" title={one.description ?? one.label}>{one.label}</bdi>
            </th>
            <td className="wide-only"><code>{one.key}</code></td>
            <td>
              {t(`cf.type.${one.type}`)}
              {one.options && <span className="quiet wide-only"> {t('cf.options', { n: one.options.length })}</span>}
            </td>
            <td className="quiet wide-only">{where(one)}</td>
            {mayEdit && (
              <td className="end whitespace-nowrap">
                <IconButton small label={t('stages.up', { name: one.label })} held={at === 0 || order.isPending} onClick={() => step(at, -1)}>
                  <ArrowUp aria-hidden />
                </IconButton>
                <IconButton small label={t('stages.down', { name: one.label })} held={at === fields.length - 1 || order.isPending} onClick={() => step(at, 1)}>
                  <ArrowDown aria-hidden />
                </IconButton>
                <Button look="outline" size="xs" className="ms-1" onClick={() => onEdit(one)} aria-label={t('cf.editOne', { label: one.label })}>
                  {t('cf.edit')}
                </Button>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Archived({ fields }: { fields: CustomField[] }) {
  const { mayEdit } = useShown()
  const client = useQueryClient()
  const back = useMutation({
    mutationFn: (one: CustomField) => saveField({ id: one.id, is_active: true }),
    onSuccess: (_, one) => toast(t('cf.isBack', { label: one.label })),
    onError: (error) => fail(message(error)),
    onSettled: () => client.invalidateQueries(),
  })
  if (fields.length === 0) return null
  return (
    <Panel title={t('cf.archived')} sub={t('cf.archivedSub')}>
      <ul className="pad">
        {fields.map((one) => (
          <li key={one.id} className="flex min-h-10 items-center justify-between gap-3 border-hairline not-first:border-t">
            <span className="min-w-0">
              <bdi>{one.label}</bdi> <code className="quiet small">{one.key}</code>
            </span>
            {mayEdit && (
              <Button look="outline" size="xs" busy={back.isPending && back.variables.id === one.id} onClick={() => back.mutate(one)} aria-label={t('stages.backOne', { name: one.label })}>
                {t('stages.back')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
