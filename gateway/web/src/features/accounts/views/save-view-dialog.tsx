// A name for what the list shows now; and whether colleagues see it, and whether it stands in the sidebar.
import { useRef, useState } from 'react'
import { Refusal } from '@/components/forms/refusal'
import { TextField } from '@/components/forms/text-field'
import { useSubmit } from '@/components/forms/use-submit'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { t } from '@/lib/i18n'

export type NewName = { name: string; shared: boolean; pinned: boolean }
type Props = { title: string; given?: Partial<NewName>; mayShare: boolean; onSave: (given: NewName) => Promise<unknown>; onClose: () => void }

export function SaveViewDialog({ title, given = {}, mayShare, onSave, onClose }: Props) {
  const [name, setName] = useState(given.name ?? '')
  const [shared, setShared] = useState(given.shared ?? false)
  const [pinned, setPinned] = useState(given.pinned ?? false)
  const [missing, setMissing] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const { submit, refused, busy, alert, seconds } = useSubmit(async () => {
    await onSave({ name: name.trim(), shared, pinned })
  })
  const check = () => {
    setMissing(name.trim() === '')
    return name.trim() !== ''
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button busy={busy} onClick={() => form.current?.requestSubmit()}>
            {t('views.save')}
          </Button>
        </>
      }
    >
      <form ref={form} noValidate onSubmit={(event) => void submit(event, check)} className="grid gap-3">
        <Refusal text={refused.text} seconds={seconds} ref={alert} />
        <TextField label={t('views.name')} value={name} maxLength={100} error={missing ? t('views.noName') : undefined} onChange={(event) => setName(event.target.value)} />
        {mayShare && (
          <label className="hit">
            <input type="checkbox" className="check" checked={shared} onChange={(event) => setShared(event.target.checked)} />
            {t('views.share')}
          </label>
        )}
        <label className="hit">
          <input type="checkbox" className="check" checked={pinned} onChange={(event) => setPinned(event.target.checked)} />
          {t('views.pin')}
        </label>
      </form>
    </Dialog>
  )
}
