// Automation: the address and the person go in, a changed address comes out.
import { useCallback } from 'react'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { AutomationView } from './automation-view'
import { Frame } from './frame'
import { SECTIONS, type AutomationSearch, type Section } from './search'

export function AutomationPage() {
  const { section: asked } = useParams({ from: '/dashboard/automation/$section' })
  const search = useSearch({ from: '/dashboard/automation/$section' })
  const navigate = useNavigate({ from: '/dashboard/automation/$section' })
  const section = SECTIONS.find((one) => one === asked) ?? 'playbooks'
  const change = useCallback(
    (part: Partial<AutomationSearch>, replace = false) => void navigate({ search: (now) => ({ ...now, ...part }), replace, resetScroll: false }),
    [navigate],
  )
  const go = useCallback((to: Section, given: AutomationSearch = {}) => void navigate({ to: '/dashboard/automation/$section', params: { section: to }, search: given }), [navigate])
  return (
    <Frame>
      <AutomationView section={section} search={search} onChange={change} onGo={go} />
    </Frame>
  )
}
