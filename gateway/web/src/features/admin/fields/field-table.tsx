// The fields in use, in order: what each holds and where it is used; the order is changed by buttons.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { message } from '@/components/states'
import { Button, IconButton } from '@/components/ui/button'
import { t } from '@/lib/i18n'
import { fail } from '@/lib/toasts'
import { useShown } from '../shown'
import { customFieldsQuery, saveField, type CustomField } from './fields-api'

export function FieldTable({ fields, onEdit }: { fields: CustomField[]; onEdit: (field: CustomField) => void }) {
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
              <td>
                <span className="flex items-center justify-end">
                  <IconButton small label={t('stages.up', { name: one.label })} held={at === 0 || order.isPending} onClick={() => step(at, -1)}>
                    <ArrowUp aria-hidden />
                  </IconButton>
                  <IconButton small label={t('stages.down', { name: one.label })} held={at === fields.length - 1 || order.isPending} onClick={() => step(at, 1)}>
                    <ArrowDown aria-hidden />
                  </IconButton>
                  <Button look="outline" size="xs" className="ms-1" onClick={() => onEdit(one)} aria-label={t('cf.editOne', { label: one.label })}>
                    {t('cf.edit')}
                  </Button>
                </span>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
