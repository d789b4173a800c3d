// What can be done to a view: each changes it on the server, and opens what came of it.
import { useQueryClient } from '@tanstack/react-query'
import { message } from '@/components/states'
import { t } from '@/lib/i18n'
import { fail, toast } from '@/lib/toasts'
import { VIEWS, type SavedView } from '@/lib/views'
import { findCriteria } from '../api'
import type { AccountSearch } from '../search'
import { deleteView, saveView, type NewView } from './api'
import type { NewName } from './save-view-dialog'
import type { ViewState } from './use-view'

export function useViewActions(search: AccountSearch, state: ViewState, onChange: (part: Partial<AccountSearch>) => void) {
  const client = useQueryClient()
  const reload = () => client.invalidateQueries({ queryKey: VIEWS })
  /** What the list shows now, as a view keeps it. */
  const shown = async (): Promise<NewView> => {
    const { q, level, criteria, sort, cols, layout } = search
    const all = q || level ? await findCriteria(client, { q, level, criteria }) : criteria
    return { criteria: all ?? null, settings: { ...state.current.saved?.settings, sort, cols, layout } }
  }
  const open = async (view: SavedView) => {
    await reload()
    onChange({ view: view.id, criteria: view.criteria ?? undefined, q: undefined, level: undefined })
  }
  const change = async (view: SavedView, part: NewView) => {
    const kept = await saveView({ id: view.id, ...part }, view.version).catch((error: unknown) => void fail(message(error)))
    await reload()
    return kept
  }
  return {
    reload,
    saveAs: async ({ name, shared, pinned }: NewName) => {
      const { criteria, settings } = await shown()
      const view = await saveView({ name, criteria, settings: { ...settings, pinned }, is_shared: shared })
      toast(t('views.saved', { name }))
      await open(view)
    },
    save: async () => {
      const view = state.current.saved
      const kept = view && (await change(view, await shown()))
      if (!kept) return
      toast(t('views.saved', { name: kept.name }))
      await open(kept)
    },
    change,
    remove: async (view: SavedView) => {
      await deleteView(view.id)
      onChange({ view: undefined, criteria: undefined, q: undefined, level: undefined, sort: undefined, cols: undefined, layout: undefined })
      await reload()
      toast(t('views.deleted', { name: view.name }))
    },
  }
}
