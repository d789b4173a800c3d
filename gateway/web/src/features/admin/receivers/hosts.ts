// The hosts that playbooks send to, from their addresses. Pure.
export type Receiver = { host: string; playbooks: string[] }
type Playbook = { name: string; webhook_url: string | null; actions?: unknown }

function addressesIn(value: unknown): string[] {
  if (typeof value === 'string') return /^https?:\/\//.test(value) ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(addressesIn)
}

function hostOf(address: string) {
  try {
    return [new URL(address).host]
  } catch {
    return []
  }
}

export function hostsOf(playbooks: Playbook[]): Receiver[] {
  const found = new Map<string, string[]>()
  for (const { name, webhook_url, actions } of playbooks) {
    new Set([webhook_url, actions].flatMap(addressesIn).flatMap(hostOf)).forEach((host) => found.set(host, [...(found.get(host) ?? []), name]))
  }
  return [...found].map(([host, names]) => ({ host, playbooks: names })).toSorted((a, b) => a.host.localeCompare(b.host))
}
