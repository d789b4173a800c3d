// The text of the filter; the server is asked once typing pauses, and what is typed is never waited for.
import { useEffect, useMemo, useRef, useState } from 'react'
import { Search, X } from 'lucide-react'
import { t } from '@/lib/i18n'
import { useShortcuts } from '@/lib/shortcuts'

const PAUSE_MS = 200

export function FilterInput({ value, onChange }: { value: string; onChange: (q: string) => void }) {
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
    <div className="relative w-full sm:w-64">
      <Search aria-hidden className="pointer-events-none absolute start-2.5 top-2 size-4 text-muted-foreground max-md:top-3" />
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
        <button type="button" aria-label={t('accounts.filterClear')} onClick={() => setText('')} className="absolute end-1 top-1 grid size-6 place-items-center rounded hover:bg-accent max-md:top-2">
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
