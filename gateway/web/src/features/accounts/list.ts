// Pure logic of the list: text and level filter, sort with empty values last, tree order, figures of the summary.
import { locale, t } from '@/lib/i18n'
import type { Account } from './api'
import { readSort, type Column, type LevelFilter, type Sort } from './search'

export type Row = Account & { depth: number }

export const levelOf = (a: Account): LevelFilter => a.risk_level ?? 'none'

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase()

/** Every word of the text must occur somewhere in what the row shows. */
export function filterText(accounts: Account[], q = '') {
  const words = plain(q).split(/\s+/).filter(Boolean)
  if (words.length === 0) return accounts
  return accounts.filter((a) => {
    const level = t(`health.${levelOf(a)}`)
    const hay = plain([a.name, a.parent_name, a.current_stage, a.csm_name, a.industry, t(`status.${a.status}`), level].join('\n'))
    return words.every((w) => hay.includes(w))
  })
}

export function filterLevel(accounts: Account[], level: LevelFilter | undefined) {
  return level ? accounts.filter((a) => levelOf(a) === level) : accounts
}

const value: Record<Column, (a: Account) => string | number | null> = {
  name: (a) => a.name,
  health: (a) => a.overall_score,
  arr: (a) => a.arr,
  stage: (a) => a.current_stage,
  csm: (a) => a.csm_name,
  status: (a) => t(`status.${a.status}`),
  renewal: (a) => a.contract_end_date,
  industry: (a) => a.industry,
}

/** Sorted copy; rows without a value stay last in both directions, equal ones stand by name. */
export function sortAccounts(accounts: Account[], sort: Sort | undefined): Row[] {
  const { column, direction } = readSort(sort)
  const words = new Intl.Collator(locale(), { numeric: true, sensitivity: 'base' })
  const of = value[column]
  const sign = direction === 'asc' ? 1 : -1
  const sorted = accounts.toSorted((one, two) => {
    const x = of(one)
    const y = of(two)
    if (x === null || y === null) return Number(x === null) - Number(y === null) || words.compare(one.name, two.name)
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : words.compare(String(x), String(y))
    return sign * order || words.compare(one.name, two.name)
  })
  return column === 'name' ? asTree(sorted) : sorted.map((a) => ({ ...a, depth: 0 }))
}

// by name, a subsidiary stands indented under its parent, as long as the parent is on the list
function asTree(sorted: Account[]): Row[] {
  const shown = new Set(sorted.map((a) => a.id))
  const children = new Map<string, Account[]>()
  for (const a of sorted) {
    const parent = a.parent_id && shown.has(a.parent_id) ? a.parent_id : ''
    children.set(parent, [...(children.get(parent) ?? []), a])
  }
  const rows: Row[] = []
  const walk = (parent: string, depth: number) => {
    for (const a of children.get(parent) ?? []) {
      rows.push({ ...a, depth })
      walk(a.id, depth + 1)
    }
  }
  walk('', 0)
  return rows
}

export type Total = { count: number; arr: number }
const total = (accounts: Account[]): Total => ({ count: accounts.length, arr: accounts.reduce((sum, a) => sum + (a.arr ?? 0), 0) })

const risky = (a: Account) => a.risk_level === 'At Risk' || a.risk_level === 'Critical'
const renewsSoon = (a: Account) => a.status !== 'Churned' && a.days_to_renewal !== null && a.days_to_renewal >= 0 && a.days_to_renewal <= 90

export function summarise(accounts: Account[]) {
  const soon = accounts.filter(renewsSoon)
  return {
    all: total(accounts),
    atRisk: total(accounts.filter(risky)),
    renewal: total(soon),
    renewalAtRisk: total(soon.filter(risky)),
    unscored: accounts.filter((a) => a.risk_level === null).length,
  }
}

export function byLevel(accounts: Account[]): Record<LevelFilter, Total> {
  const of = (level: LevelFilter) => total(filterLevel(accounts, level))
  return { Healthy: of('Healthy'), 'At Risk': of('At Risk'), Critical: of('Critical'), none: of('none') }
}
