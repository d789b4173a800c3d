// The command palette: one field to find anything with a name and do what can be done here. It opens clean each time.
import { useEffect, useMemo, useState, type KeyboardEvent } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { Dialog } from 'radix-ui'
import { Search } from 'lucide-react'
import '@/components/ui/layer-nonce'
import type { Me } from '@/features/auth/api'
import { isSearchable, searchQuery } from '@/features/search/api'
import { where, type Criteria } from '@/lib/criteria'
import { t } from '@/lib/i18n'
import { pageActions } from '@/lib/page-actions'
import { rank } from '@/lib/rank'
import { addRecent, readRecents } from '@/lib/recents'
import { viewSearch } from '@/lib/view-search'
import { accountViewsQuery, type SavedView } from '@/lib/views'
import { groupsOf, type Does, type Group } from './palette-entries'
import { Footer } from './palette-footer'
import { PaletteList } from './palette-list'
import { settingSteps } from './palette-steps'

const PAUSE_MS = 120

type Props = { me: Me; onClose: () => void; onHelp: () => void }

export default function Palette({ me, onClose, onHelp }: Props) {
  const [typed, setTyped] = useState('')
  const [step, setStep] = useState<string>()
  const [value, setValue] = useState('')
  const asked = usePaused(typed.startsWith('>') || step ? '' : typed.trim())
  const search = useQuery(searchQuery(asked))
  const views = useQuery(accountViewsQuery)
  const actions = pageActions.use()
  const tenant = me.tenant?.id ?? ''
  const recents = useMemo(() => readRecents(tenant), [tenant])
  const does = useDoes({ tenant, onClose, onHelp, onStep: (id) => { setStep(id); setTyped('') } }, views.data ?? [])
  const inStep = settingSteps().find((one) => one.id === step)
  const groups: Group[] = inStep
    ? [{ id: 'step', label: inStep.label, entries: inStep.choices.filter((one) => rank(typed, one.label) > 0).map((one) => ({ ...one, icon: null, run: () => { onClose(); one.run() } })) }]
    : groupsOf({ typed, permissions: me.permissions, recents, actions: actions.map((one) => ({ ...one, run: () => { onClose(); one.run() } })), hits: isSearchable(typed) ? (search.data ?? []) : [], views: views.data ?? [], does })
  const entries = groups.flatMap((group) => group.entries)

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Backspace' || typed !== '' || !step) return
    event.preventDefault()
    setStep(undefined)
  }

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <div className="dialog-place">
          <Dialog.Content aria-describedby={undefined} className="palette">
            <Dialog.Title className="sr-only">{t('palette.open')}</Dialog.Title>
            <Command shouldFilter={false} loop value={value} onValueChange={setValue} label={t('palette.open')} onKeyDown={onKeyDown} className="flex min-h-0 flex-col">
              <div className="palette-in">
                <Search aria-hidden className="quiet size-4" strokeWidth={1.5} />
                {inStep && <span className="chip items-center px-2">{inStep.label}</span>}
                <Command.Input value={typed} onValueChange={setTyped} placeholder={inStep ? '' : t('palette.hint')} aria-label={t('palette.open')} />
                <kbd aria-hidden>{t('palette.esc')}</kbd>
              </div>
              <PaletteList groups={groups} typed={inStep ? '' : typed} />
              <Footer
                count={entries.length}
                typed={typed}
                failed={search.isError && isSearchable(typed)}
                onRetry={() => void search.refetch()}
                onAll={() => does.all(typed)}
                isSearching={search.isFetching || (isSearchable(typed) && asked !== typed.trim() && !typed.startsWith('>'))}
              />
            </Command>
          </Dialog.Content>
        </div>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

type Ways = { tenant: string; onClose: () => void; onHelp: () => void; onStep: (id: string) => void }

function useDoes({ tenant, onClose, onHelp, onStep }: Ways, views: SavedView[]): Does & { all: (q: string) => void } {
  const navigate = useNavigate()
  const leave = (go: () => Promise<void>) => {
    onClose()
    void go()
  }
  const list = (criteria: Criteria | null | undefined, q?: string) => leave(() => navigate({ to: '/dashboard/accounts', search: { criteria: criteria ?? undefined, q } }))
  return {
    go: (to) => leave(() => navigate({ to })),
    account: (one) => {
      addRecent(tenant, one)
      leave(() => navigate({ to: '/dashboard/accounts/$id', params: { id: one.id }, search: {} }))
    },
    person: (id) => list(where('csm', 'eq', id)),
    stage: (id) => list(where('stage', 'eq', id)),
    view: ({ id }) => {
      const view = views.find((one) => one.id === id)
      if (view) leave(() => navigate({ to: '/dashboard/accounts', search: viewSearch(view) }))
    },
    all: (q) => list(null, q),
    settings: [
      ...settingSteps().map((one) => ({ id: one.id, label: one.label, run: () => onStep(one.id) })),
      { id: 'help', label: t('keys.title'), keys: '?', run: onHelp },
      { id: 'me', label: t('user.settings'), run: () => leave(() => navigate({ to: '/dashboard/me' })) },
    ],
  }
}

function usePaused(value: string) {
  const [paused, setPaused] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return paused
}
