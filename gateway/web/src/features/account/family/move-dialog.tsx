// Gives an account another place in the tree; the server refuses a circle and says why.
import { useEffect, useRef, useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { message } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Note } from '@/components/ui/note'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { updateAccount } from '@/lib/update-account'
import { ACCOUNT, accountQuery } from '../api'
import { useShown } from '../shown'
import { useWrite } from '../use-write'
import { placesQuery } from './family-api'

type Place = { id: string | null; name: string }

export function MoveDialog({ who, onClose }: { who?: { id: string; name: string }; onClose: () => void }) {
  const { page } = useShown()
  const client = useQueryClient()
  const moved = who ?? page.account
  const [typed, setTyped] = useState('')
  const [to, setTo] = useState<Place>()
  const [wrong, setWrong] = useState('')
  const found = useQuery(placesQuery(typed))
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const timer = setTimeout(() => input.current?.focus())
    return () => clearTimeout(timer)
  }, [])
  const move = useWrite({
    send: async (place: Place) => {
      const { version } = moved.id === page.account.id ? page : await client.fetchQuery(accountQuery(moved.id))
      return updateAccount(moved.id, { parent_id: place.id }, version)
    },
    onDone: (_, place) => {
      void client.invalidateQueries({ queryKey: ACCOUNT })
      toast(place.id === null ? t('fam.movedUp', { name: moved.name }) : t('fam.moved', { name: moved.name, parent: place.name }))
      onClose()
    },
    quiet: true,
  })
  const places: Place[] = [{ id: null, name: t('fam.top') }, ...(typed.trim().length >= 2 ? (found.data ?? []) : []).map((one) => ({ id: one.id, name: one.title }))]
  function submit() {
    setWrong(to ? '' : t('fam.chooseParent'))
    if (to) move.mutate(to)
  }
  return (
    <Dialog
      title={t('fam.moveTitle', { name: moved.name })}
      description={t('fam.moveText')}
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button busy={move.isPending} onClick={submit}>
            {t('fam.moveSubmit')}
          </Button>
        </>
      }
    >
      {move.error && (
        <Note tone="bad" role="alert">
          {message(move.error)}
        </Note>
      )}
      <Field label={t('fam.search')} error={wrong || undefined}>
        {(described) => <input {...described} ref={input} type="search" value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" className="field-box" />}
      </Field>
      <fieldset className="max-h-80 overflow-y-auto">
        <legend className="sr-only">{t('fam.places')}</legend>
        {places.map((place) => (
          <label key={place.id ?? 'top'} className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-control px-2 hover:bg-accent">
            <input type="radio" name="place" checked={to?.id === place.id} onChange={() => { setTo(place); setWrong('') }} className="size-4" />
            <bdi className="min-w-0 wrap-anywhere">{place.name}</bdi>
          </label>
        ))}
      </fieldset>
      <p role="status" className="quiet">
        {typed.trim().length >= 2 && found.data?.length === 0 ? t('palette.none', { query: typed }) : ''}
      </p>
    </Dialog>
  )
}
