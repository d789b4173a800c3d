// What is selected, how much it is worth, and what can be done with it; it floats over the list.
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react'
import { CircleDot, Columns3, Download, Ellipsis, PencilLine, Play, Trash2, UserRound, X } from 'lucide-react'
import { Button, buttonClass, IconButton } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import type { MenuEntry } from '@/components/ui/menu-entries'
import { announce } from '@/lib/announce'
import type { Criteria } from '@/lib/criteria'
import { count, moneyShort } from '@/lib/format'
import { t } from '@/lib/i18n'
import { readAll, type Account } from '../api'
import type { Form } from '../export'
import type { Export } from '../use-export'
import type { PageContext } from '../use-page'
import type { Selection } from './use-selection'
import type { Change } from './run'

const BulkDialog = lazy(() => import('./bulk-dialog').then((m) => ({ default: m.BulkDialog })))

const DeleteAccount = lazy(() => import('@/components/ending/delete-account-dialog').then((m) => ({ default: m.DeleteAccountDialog })))

type Props = {
  selection: Selection
  rows: Account[]
  found: { accounts: number; arr: number }
  /** of the whole list */
  criteria: () => Promise<Criteria | undefined>
  page: PageContext
  currency: string
  /** of the server */
  sort: string
  file: Export
  mayEdit: boolean
  mayRun: boolean
  mayDelete: boolean
  /** an account is gone */
  onGone: (id: string) => void
}

export function SelectionBar({ selection, rows, found, criteria, page, currency, sort, file, mayEdit, mayRun, mayDelete, onGone }: Props) {
  const [kind, setKind] = useState<Change['kind']>()
  const [going, setGoing] = useState<Account>()
  const n = selection.whole ? found.accounts : selection.size
  const arr = selection.whole ? found.arr : rows.reduce((sum, row) => sum + (selection.ids.has(row.id) && row.status !== 'Churned' ? (row.arr ?? 0) : 0), 0)
  const said = t('bulk.selected', { n })
  useEffect(() => {
    if (n > 0) announce(said)
  }, [n, said])
  if (n === 0 && !kind && !going) return null
  const chosen = async () => (selection.whole ? readAll(await criteria(), sort) : rows.filter((row) => selection.ids.has(row.id)))
  // many at once are never meant
  const single = n === 1 ? rows.find((row) => selection.whole || selection.ids.has(row.id)) : undefined
  const save = (form: Form) => void file.save(form, chosen)
  const more: MenuEntry[] = [
    ...(mayEdit
      ? [
          { label: t('bulk.status'), icon: <CircleDot aria-hidden />, onSelect: () => setKind('status') },
          { label: t('bulk.field'), icon: <PencilLine aria-hidden />, onSelect: () => setKind('field') },
          'line' as const,
        ]
      : []),
    { label: t('bulk.saveShown'), icon: <Download aria-hidden />, onSelect: () => save('shown') },
    { label: t('bulk.saveRaw'), icon: <Download aria-hidden />, onSelect: () => save('raw') },
    ...(mayDelete && single ? ['line' as const, { label: t('gone.delete'), icon: <Trash2 aria-hidden />, danger: true, onSelect: () => setGoing(single) }] : []),
  ]
  return (
    <>
      {n > 0 && (
        <section aria-label={t('bulk.label')} className="selbar">
          <b className="num font-semibold">{said}</b>
          <span className="quiet num max-md:hidden">{moneyShort(arr, currency)}</span>
          {!selection.whole && n < found.accounts && (
            <Button look="ghost" className="text-link! max-md:order-last max-md:w-full max-md:justify-start max-md:px-0!" onClick={selection.takeWhole}>
              {t('bulk.selectAll', { n: count(found.accounts) })}
            </Button>
          )}
          {mayEdit && (
            <Action label={t('bulk.csm')} onClick={() => setKind('csm')}>
              <UserRound aria-hidden />
            </Action>
          )}
          <Action label={t('bulk.stage')} onClick={() => setKind('stage')}>
            <Columns3 aria-hidden />
          </Action>
          {mayRun && (
            <Action label={t('bulk.playbook')} onClick={() => setKind('playbook')}>
              <Play aria-hidden />
            </Action>
          )}
          <Menu trigger={{ className: buttonClass('ghost', 'icon'), label: t('bulk.more'), title: t('bulk.more'), children: <Ellipsis aria-hidden /> }} entries={more} />
          <IconButton label={t('bulk.clear')} className="ms-auto" onClick={selection.clear}>
            <X aria-hidden />
          </IconButton>
        </section>
      )}
      {going && (
        <Suspense>
          <DeleteAccount
            account={going}
            onClose={() => setGoing(undefined)}
            onDeleted={() => {
              setGoing(undefined)
              selection.clear()
              onGone(going.id)
            }}
          />
        </Suspense>
      )}
      {kind && (
        <Suspense>
          <BulkDialog kind={kind} n={n} ids={selection.whole ? undefined : [...selection.ids]} rows={rows} criteria={criteria} page={page} onClose={() => setKind(undefined)} onDone={selection.clear} />
        </Suspense>
      )}
    </>
  )
}

function Action({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <Button look="ghost" aria-label={label} title={label} className="max-md:px-2!" onClick={onClick}>
      {children}
      <span className="max-lg:hidden">{label}</span>
    </Button>
  )
}
