// Which of their organisations a person works in now.
import { useState } from 'react'
import { ChevronRight } from 'lucide-react'
import { useRouteContext, useRouter, useSearch } from '@tanstack/react-router'
import { message } from '@/components/states'
import { Note } from '@/components/ui/note'
import { t } from '@/lib/i18n'
import { roleName } from '@/lib/roles'
import { chooseTenant } from './api'
import { Frame } from './frame'
import { enter } from './session'

export function TenantPage() {
  const { me } = useRouteContext({ from: '/tenant' })
  const router = useRouter()
  const { next } = useSearch({ from: '/tenant' })
  const [busy, setBusy] = useState('')
  const [problem, setProblem] = useState('')

  async function choose(id: string) {
    if (busy) return
    setBusy(id)
    setProblem('')
    try {
      await enter(router, await chooseTenant(id), next)
    } catch (error) {
      setProblem(message(error))
    }
    setBusy('')
  }

  return (
    <Frame title={t('tenant.title')} sub={t('tenant.sub', { email: me.email })}>
      {problem && (
        <Note tone="bad" role="alert">
          {problem}
        </Note>
      )}
      <ul className="panel overflow-hidden">
        {me.tenants.map((one) => (
          <li key={one.id} className="border-hairline not-first:border-t">
            <button type="button" onClick={() => void choose(one.id)} aria-busy={busy === one.id} className="flex min-h-14 w-full items-center gap-3 px-4 py-2 text-start hover:bg-muted aria-busy:opacity-60">
              <span className="min-w-0 flex-1">
                <bdi className="block truncate font-semibold">{one.name}</bdi>
                <span className="small quiet">{roleName(one.role)}</span>
              </span>
              <ChevronRight aria-hidden className="quiet size-4 rtl:rotate-180" strokeWidth={1.5} />
            </button>
          </li>
        ))}
      </ul>
    </Frame>
  )
}
