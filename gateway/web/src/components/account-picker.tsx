// Picks one account by a few letters of its name.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { t } from '@/lib/i18n'
import { accountNamesQuery, type NamedAccount } from './account-names-api'
import { Popover } from './ui/popover'

type Props = { label: string; value: NamedAccount | undefined; onPick: (account: NamedAccount) => void; /** not to be had */ except?: string }

export function AccountPicker({ label, value, onPick, except }: Props) {
  return (
    <Popover label={label} className="w-80 p-2!" trigger={{ className: 'field-box justify-between', label: `${label}: ${value?.name ?? t('pick.none')}`, children: (<><bdi className={value ? 'truncate' : 'quiet truncate'}>{value?.name ?? t('pick.none')}</bdi><ChevronDown aria-hidden className="quiet size-4 shrink-0" /></>) }}>
      {(close) => (
        <Found
          except={except}
          onPick={(account) => {
            onPick(account)
            close()
          }}
        />
      )}
    </Popover>
  )
}

function Found({ onPick, except }: Pick<Props, 'onPick' | 'except'>) {
  const [typed, setTyped] = useState('')
  const { data: all = [], isFetching } = useQuery(accountNamesQuery(typed))
  const data = all.filter(({ id }) => id !== except)
  return (
    <div className="grid gap-1">
      <input
        type="search"
        aria-label={t('pick.find')}
        placeholder={t('pick.find')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          if (data[0] && !isFetching) onPick(data[0])
        }}
        className="field-box"
      />
      <ul aria-label={t('pick.accounts')} className="max-h-64 overflow-y-auto">
        {data.map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => onPick(one)} className="menu-item hover:bg-accent focus-visible:bg-accent">
              <bdi className="truncate">{one.name}</bdi>
            </button>
          </li>
        ))}
      </ul>
      <p role="status" className={data.length === 0 && !isFetching ? 'quiet p-2' : 'sr-only'}>
        {data.length === 0 && !isFetching && t('pick.nobody', { text: typed })}
      </p>
    </div>
  )
}
