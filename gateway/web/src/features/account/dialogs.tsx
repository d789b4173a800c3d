// What opens over an account's page, each loaded when it is wanted.
import { lazy, Suspense } from 'react'
import type { OpenDialog } from './shown'

const all = {
  log: lazy(() => import('./timeline/log-dialog').then((m) => ({ default: m.LogDialog }))),
  stage: lazy(() => import('./journey/stage-dialog').then((m) => ({ default: m.StageDialog }))),
  playbook: lazy(() => import('./automation/playbook-dialog').then((m) => ({ default: m.PlaybookDialog }))),
  override: lazy(() => import('./health/override-dialog').then((m) => ({ default: m.OverrideDialog }))),
  delete: lazy(() => import('./ending/delete-dialog').then((m) => ({ default: m.DeleteDialog }))),
  merge: lazy(() => import('./merge/merge-dialog').then((m) => ({ default: m.MergeDialog }))),
  move: lazy(() => import('./family/move-dialog').then((m) => ({ default: m.MoveDialog }))),
}

export function Dialogs({ open, onClose }: { open: OpenDialog | undefined; onClose: () => void }) {
  if (!open) return null
  const View = all[open]
  return (
    <Suspense>
      <View onClose={onClose} />
    </Suspense>
  )
}
