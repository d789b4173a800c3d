// A link with which a colleague chooses a new password: made here, shown once, since nothing here sends mail.
import { useMutation } from '@tanstack/react-query'
import { OnceLink } from '@/components/once-link'
import { explained } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Note } from '@/components/ui/note'
import { timeOfDay } from '@/lib/format'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { makeResetLink, type Member } from './people-api'

export function ResetDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { timeZone } = useShown()
  const { full_name: name } = member
  const made = useMutation({ mutationFn: () => makeResetLink(member.user_id) })
  return (
    <Dialog
      title={t('pp.resetTitle', { name })}
      description={made.data ? t('pp.resetOnce', { name, time: timeOfDay(made.data.expires_at, timeZone) }) : t('pp.resetText', { name })}
      onClose={onClose}
      footer={
        made.data ? (
          <Button onClick={onClose}>{t('done')}</Button>
        ) : (
          <>
            <Button look="ghost" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button busy={made.isPending} onClick={() => made.mutate()}>
              {t('inviting.submit')}
            </Button>
          </>
        )
      }
    >
      {made.error && (
        <Note tone="bad" role="alert">
          {explained(made.error)}
        </Note>
      )}
      {made.data && <OnceLink link={`${location.origin}/dashboard/reset/${made.data.token}`} label={t('pp.resetLink')} />}
    </Dialog>
  )
}
