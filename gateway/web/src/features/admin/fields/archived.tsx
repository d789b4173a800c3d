// Fields that are archived; each can come back.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { message } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { t } from '@/lib/i18n'
import { fail, toast } from '@/lib/toasts'
import { useShown } from '../shown'
import { saveField, type CustomField } from './fields-api'

export function Archived({ fields }: { fields: CustomField[] }) {
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
