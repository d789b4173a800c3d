// What opens over the builder: somebody else was faster, or the playbook is switched on.
import { lazy, Suspense } from 'react'
import type { Playbook } from '../playbook-types'
import type { BuilderState } from './use-builder'

const Activate = lazy(() => import('../switching/activate-dialog').then((m) => ({ default: m.ActivateDialog })))
const Conflict = lazy(() => import('./conflict').then((m) => ({ default: m.Conflict })))

type Props = { state: BuilderState; activating: Playbook | undefined; onActivated: () => void }

export function BuilderLayers({ state, activating, onActivated }: Props) {
  const close = () => {
    onActivated()
    if (activating) state.settle(activating)
  }
  return (
    <Suspense>
      {state.conflict && <Conflict state={state} theirs={state.conflict} />}
      {activating && <Activate playbook={activating} onClose={close} />}
    </Suspense>
  )
}
