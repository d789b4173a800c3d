// Makes two accounts that are one customer one: which stays is chosen, what would happen is shown, then it is done.
import { useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ArrowUpDown } from 'lucide-react'
import type { NamedAccount } from '@/components/account-names-api'
import { AccountPicker } from '@/components/account-picker'
import { Awaited } from '@/components/awaited'
import { explained } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Note } from '@/components/ui/note'
import { t } from '@/lib/i18n'
import { dropRecent } from '@/lib/recents'
import { toast } from '@/lib/toasts'
import { ACCOUNT } from '../api'
import { markGone } from '../ending/gone'
import { useShown } from '../shown'
import { mergeAccounts, rehearsalQuery } from './merge-api'
import { Rehearsal } from './rehearsal'

export function MergeDialog({ onClose }: { onClose: () => void }) {
  const { page } = useShown()
  const [chosen, setChosen] = useState<NamedAccount>()
  const [isTurned, setTurned] = useState(false)
  const here: NamedAccount = { id: page.account.id, name: page.account.name }
  // "merge into": what is chosen stays
  const [keep, other] = isTurned || !chosen ? [here, chosen] : [chosen, here]
  const rehearsal = useQuery({ ...rehearsalQuery(keep.id, other?.id), refetchOnWindowFocus: false })
  const leave = useLeave()
  const merge = useMutation({ mutationFn: () => mergeAccounts(keep.id, other!.id), onSuccess: () => leave(keep, other!, onClose) })
  const error = merge.error ?? rehearsal.error
  const pick = (one: NamedAccount) => {
    merge.reset()
    setChosen(one)
  }
  return (
    <Dialog
      title={t('mg.title', { name: here.name })}
      description={t('mg.text')}
      wide
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="danger" busy={merge.isPending} held={!rehearsal.data || rehearsal.isFetching} onClick={() => merge.mutate()}>
            {t('mg.submit')}
          </Button>
        </>
      }
    >
      <div className="grid gap-1.5">
        <span aria-hidden className="font-medium">
          {t('mg.other')}
        </span>
        <AccountPicker label={t('mg.other')} value={chosen} onPick={pick} except={here.id} />
      </div>
      {chosen && other && (
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <dl className="grid min-w-0 flex-1 basis-64 gap-1">
            <Side label={t('mg.stays')} name={keep.name} />
            <Side label={t('mg.goes')} name={other.name} />
          </dl>
          <Button look="outline" onClick={() => { merge.reset(); setTurned(!isTurned) }}>
            <ArrowUpDown aria-hidden />
            {t('mg.swap')}
          </Button>
        </div>
      )}
      {error && (
        <Note tone="bad" role="alert">
          {explained(error)}
        </Note>
      )}
      {other && !error && (
        <Awaited query={rehearsal} height={160}>
          {(merged) => (
            <>
              <p role="status" className="quiet">
                {t('mg.rehearsed')}
              </p>
              <Rehearsal keep={keep.name} other={other.name} merged={merged} />
            </>
          )}
        </Awaited>
      )}
    </Dialog>
  )
}

function Side({ label, name }: { label: string; name: string }) {
  return (
    <div className="flex min-w-0 gap-2">
      <dt className="quiet w-24 shrink-0">{label}</dt>
      <dd className="min-w-0 font-semibold wrap-anywhere">
        <bdi>{name}</bdi>
      </dd>
    </div>
  )
}

/** To the account that stays; the other one is forgotten. */
function useLeave() {
  const client = useQueryClient()
  const navigate = useNavigate()
  return async (keep: NamedAccount, other: NamedAccount, close: () => void) => {
    toast(t('mg.done', { other: other.name, keep: keep.name }))
    dropRecent(other.id)
    close()
    markGone(other.id)
    // first, or the page asks once more for what is gone
    await navigate({ to: '/dashboard/accounts/$id', params: { id: keep.id }, search: {} })
    client.removeQueries({ queryKey: [...ACCOUNT, other.id] })
    void client.invalidateQueries()
  }
}
