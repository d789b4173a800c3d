// Removing a stage: how many accounts are in it and where they go, and what names it.
import { useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { NamedBy } from '@/components/naming/named-by'
import { message } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Note } from '@/components/ui/note'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { deleteStage, stageUseQuery, type StageRow } from './stages-api'

type Props = { stage: StageRow; others: StageRow[]; onClose: () => void; onDone: () => void }

export function DeleteStage({ stage, others, onClose, onDone }: Props) {
  const client = useQueryClient()
  const use = useQuery(stageUseQuery(stage))
  const [to, setTo] = useState('')
  const [checked, setChecked] = useState(false)
  const accounts = use.data?.accounts ?? 0
  const remove = useMutation({
    mutationFn: () => deleteStage(stage.id, to || null),
    onSuccess: ({ moved, kept }) => {
      void client.invalidateQueries()
      toast(t(kept ? 'stages.keptForHistory' : 'stages.deleted', { name: stage.name, n: moved }))
      onDone()
    },
  })
  const submit = () => (accounts > 0 && !to ? setChecked(true) : remove.mutate())
  return (
    <Dialog
      title={t('stages.deleteTitle', { name: stage.name })}
      description={t('stages.deleteText')}
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="danger" busy={remove.isPending} held={!use.data} onClick={submit}>
            {t('stages.deleteSubmit', { name: stage.name })}
          </Button>
        </>
      }
    >
      {remove.error && (
        <Note tone="bad" role="alert">
          {message(remove.error)}
        </Note>
      )}
      <Awaited query={use} height={80}>
        {({ naming }) => (
          <>
            {accounts === 0 && <p>{t('stages.empty')}</p>}
            {accounts > 0 && (
              <Field label={t('stages.moveTo', { n: accounts })} error={checked && !to ? t('stages.moveMissing') : undefined}>
                {(described) => (
                  <select {...described} value={to} onChange={(event) => setTo(event.target.value)} className="field-box">
                    <option value="">{t('crit.choose')}</option>
                    {others.map((one) => (
                      <option key={one.id} value={one.id}>
                        {one.name}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
            )}
            <NamedBy all={naming} />
          </>
        )}
      </Awaited>
    </Dialog>
  )
}
