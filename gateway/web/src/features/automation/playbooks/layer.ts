// What opens over the list of playbooks.
import type { Playbook } from '../playbook-types'

export type Layer = { kind: 'activate' | 'delete'; playbook: Playbook } | { kind: 'pauseAll' } | null
