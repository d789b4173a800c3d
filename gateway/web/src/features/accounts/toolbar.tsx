// Above the list: filter text, the level in use, how many accounts match; on narrow screens the sort as well.
import { useEffect, useMemo, useRef, useState } from 'react'
import { Search, X } from 'lucide-react'
import { announce } from '@/lib/announce'
import { t } from '@/lib/i18n'
import { useShortcuts } from '@/lib/shortcuts'
import { CriteriaChips } from './criteria-chips'
import { LevelShape } from './health'
import { bandOf, type LevelFilter } from '@/lib/levels'
import type { AccountSearch, Sort } from './search'
import { SortSelect } from './sort-select'

/** typing pauses this long before the server is asked */
const PAUSE_MS = 200

type Props = {
  search: AccountSearch
  found: number
  total: number
  /** whether the numbers are still those of an earlier filter */
  isOutdated: boolean
  narrow: boolean
  onText: (q: string) => void
  onLevel: (level: LevelFilter | undefined) => void
  onSort: (sort: Sort | undefined) => void
  onDropCriteria: () => void
}

export function Toolbar({ search, found, total, isOutdated, narrow, onText, onLevel, onSort, onDropCriteria }: Props) {
  const result = found === total ? t('accounts.count', { n: total }) : t('accounts.countOf', { n: found, total })
  const filtered = search.q !== undefined || search.level !== undefined || search.criteria !== undefined
  useEffect(() => {
    if (filtered && !isOutdated) announce(result)
  }, [filtered, isOutdated, result])
  return (
    <div className="flex flex-wrap items-center gap-2">
      <FilterInput value={search.q ?? ''} onChange={onText} />
      {search.level && (
        <button
          type="button"
          onClick={() => onLevel(undefined)}
          className="chip"
        >
          <span>
            <LevelShape level={search.level} />
            {t(`health.${bandOf[search.level]}`)}
          </span>
          <span className="chip-x">
            <X aria-hidden />
          </span>
          <span className="sr-only">, {t('accounts.clear')}</span>
        </button>
      )}
      {search.criteria && <CriteriaChips criteria={search.criteria} onDrop={onDropCriteria} />}
      {narrow && <SortSelect sort={search.sort} onSort={onSort} />}
      <p className="ms-auto text-[13px] text-muted-foreground tabular-nums">{result}</p>
    </div>
  )
}

function FilterInput({ value, onChange }: { value: string; onChange: (q: string) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(value)
  const sent = useRef(value)
  // the address also changes otherwise: Back, Clear, a pasted link
  useEffect(() => {
    if (value !== sent.current) setText(value)
    sent.current = value
  }, [value])
  useEffect(() => {
    if (text === sent.current) return
    const timer = setTimeout(() => {
      sent.current = text
      onChange(text)
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, onChange])
  useShortcuts(useMemo(() => [{ keys: '/', label: 'accounts.filter', group: 'keys.page', run: () => input.current?.focus() }], []))

  return (
    <div className="relative w-full sm:w-80">
      <Search aria-hidden className="pointer-events-none absolute start-2.5 top-2 size-4 max-md:top-3 text-muted-foreground" />
      <input
        ref={input}
        type="search"
        aria-label={t('accounts.filter')}
        aria-keyshortcuts="/"
        placeholder={t('accounts.filterHint')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && setText('')}
        className="field-box ps-8.5! pe-9! [&::-webkit-search-cancel-button]:hidden"
      />
      {text ? (
        <button type="button" aria-label={t('accounts.filterClear')} onClick={() => setText('')} className="absolute end-1 top-1 grid size-6 max-md:top-2 place-items-center rounded hover:bg-accent">
          <X aria-hidden className="size-3.5" />
        </button>
      ) : (
        <kbd aria-hidden className="pointer-events-none absolute! end-2 top-1.75 max-sm:hidden!">
          {'/'}
        </kbd>
      )}
    </div>
  )
}
