// Who looks after the account; changed at once, and back again where the server refuses.
import { useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { Menu } from '@/components/ui/menu'
import { Person } from '@/components/ui/person'
import { t } from '@/lib/i18n'
import { activePeopleQuery } from '@/lib/names'
import { useSave } from '../fields/use-save'
import { useShown } from '../shown'

const NOBODY = ''

export function CsmPicker() {
  const { page, may } = useShown()
  const { csm_id, csm_name } = page.account
  const mayEdit = may('account.edit')
  const colleagues = useQuery({ ...activePeopleQuery, enabled: mayEdit })
  const { save, conflict } = useSave()
  const shown = csm_name ? <Person name={csm_name} /> : <span className="quiet">{t('acct.nobody')}</span>
  if (!mayEdit) return shown
  const options = (colleagues.data ?? []).map((one) => ({ value: one.id, label: one.name }))
  const pick = (id: string) => {
    if (id !== (csm_id ?? NOBODY)) void save({ field: 'csm_id', label: t('col.csm'), value: id || null, base: csm_id, version: page.version, options })
  }
  return (
    <>
      <Menu
        align="start"
        trigger={{
          className: 'inline-flex min-h-6 max-w-full min-w-0 items-center gap-1 rounded-control hover:bg-accent',
          label: t('acct.changeCsm', { name: csm_name ?? t('acct.nobody') }),
          children: (
            <>
              {shown}
              <ChevronDown aria-hidden className="quiet size-3.5 shrink-0" strokeWidth={1.5} />
            </>
          ),
        }}
        entries={[{ title: t('col.csm') }, { value: csm_id ?? NOBODY, options: [{ value: NOBODY, label: t('acct.nobody') }, ...options], onPick: pick }]}
      />
      {conflict}
    </>
  )
}
