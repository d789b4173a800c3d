// What should be known of a playbook before it is trusted: circles with others, what it names that is gone, a refusal without a place.
import { useQuery } from '@tanstack/react-query'
import { Note } from '@/components/ui/note'
import type { Playbook } from '../playbook-types'
import { warningsQuery } from './api'
import { hasPlace } from './places'
import type { BuilderState } from './use-builder'

export function Warnings({ state: { fault }, playbook }: { state: BuilderState; playbook: Playbook | undefined }) {
  const { data: warnings = [] } = useQuery(warningsQuery(playbook?.id ?? ''))
  const lines = [...(playbook?.problem ? [playbook.problem] : []), ...warnings]
  return (
    <>
      {fault && !hasPlace(fault.place) && (
        <Note tone="bad" role="alert" className="mb-3">
          {fault.text}
        </Note>
      )}
      {lines.map((line) => (
        <Note key={line} tone="warn" role="status" className="mb-3">
          {line}
        </Note>
      ))}
    </>
  )
}
