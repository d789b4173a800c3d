// What the palette offers, in groups: recent accounts, this page, found things, pages, views, settings; ranked by what is typed.
import type { ReactNode } from 'react'
import { Building2, Flag, History, ListFilter, Settings2, UserRound, Zap } from 'lucide-react'
import { LevelShape } from '@/components/health'
import type { Hit } from '@/features/search/api'
import { t } from '@/lib/i18n'
import type { PageAction } from '@/lib/page-actions'
import { rank } from '@/lib/rank'
import type { Recent } from '@/lib/recents'
import type { SavedView } from '@/lib/views'
import { pagesFor } from './pages'

export type Entry = { id: string; label: string; note?: string | null; icon: ReactNode; end?: ReactNode; keys?: string; run: () => void }
export type Group = { id: string; label: string; entries: Entry[] }

export type Does = {
  go: (to: string) => void
  account: (one: Recent) => void
  person: (id: string) => void
  stage: (id: string) => void
  view: (view: Pick<SavedView, 'id'>) => void
  settings: { id: string; label: string; run: () => void; keys?: string }[]
}
type Given = { typed: string; permissions: readonly string[]; recents: Recent[]; actions: PageAction[]; hits: Hit[]; views: SavedView[]; does: Does }

/** `>` only what can be done, `@` only people, `#` only stages. */
export function groupsOf({ typed, permissions, recents, actions, hits, views, does }: Given): Group[] {
  const sign = /^[>@#]/.exec(typed)?.[0] ?? ''
  const text = typed.slice(sign.length).trim()
  const best = (entries: Entry[]) =>
    entries
      .map((entry) => ({ entry, rank: rank(text, entry.label) }))
      .filter((one) => one.rank > 0)
      .toSorted((a, b) => b.rank - a.rank)
      .map(({ entry }) => entry)
  const found = (kind: Hit['kind']) => hits.filter((hit) => hit.kind === kind)
  const recent: Entry[] = recents.map((one) => ({ id: `recent-${one.id}`, label: one.title, icon: <History />, run: () => does.account(one) }))
  const page: Entry[] = actions.map((one) => ({ ...one, id: `action-${one.id}`, icon: <Zap /> }))
  const goTo: Entry[] = pagesFor(permissions).map(({ to, label, icon: Icon, keys }) => ({ id: `go-${to}`, label: t(label), icon: <Icon />, keys, run: () => does.go(to) }))
  const settings: Entry[] = does.settings.map((one) => ({ ...one, id: `setting-${one.id}`, icon: <Settings2 /> }))
  const saved: Entry[] = views.map((one) => ({ id: `view-${one.id}`, label: one.name, icon: <ListFilter />, run: () => does.view(one) }))
  const all: Group[] = [
    { id: 'recent', label: t('palette.recent'), entries: sign || text ? [] : recent },
    { id: 'accounts', label: t('nav.accounts'), entries: sign ? [] : found('account').map((hit) => accountEntry(hit, does)) },
    { id: 'page', label: t('palette.page'), entries: sign && sign !== '>' ? [] : best(page) },
    { id: 'go', label: t('palette.go'), entries: sign && sign !== '>' ? [] : best(goTo) },
    { id: 'people', label: t('palette.people'), entries: sign && sign !== '@' ? [] : found('person').map((hit) => ({ id: hit.id, label: hit.title, note: hit.subtitle, icon: <UserRound />, run: () => does.person(hit.id) })) },
    { id: 'stages', label: t('palette.stages'), entries: sign && sign !== '#' ? [] : found('stage').map((hit) => ({ id: hit.id, label: hit.title, note: hit.subtitle, icon: <Flag />, run: () => does.stage(hit.id) })) },
    { id: 'views', label: t('nav.views'), entries: sign ? [] : best(saved) },
    { id: 'settings', label: t('palette.settings'), entries: sign && sign !== '>' ? [] : best(settings) },
  ]
  return all.filter((group) => group.entries.length > 0)
}

function accountEntry(hit: Hit, does: Does): Entry {
  return {
    id: hit.id,
    label: hit.title,
    note: hit.subtitle,
    icon: <Building2 />,
    end: hit.level && (
      <span className="small inline-flex items-center gap-1.5">
        <LevelShape band={hit.level} />
        {t(`health.${hit.level}`)}
      </span>
    ),
    run: () => does.account({ id: hit.id, title: hit.title }),
  }
}
