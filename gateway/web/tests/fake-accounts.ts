// A stand-in for the server's account functions: filters by criteria, pages, counts; it records what it was asked.
import type { Account } from '@/features/accounts/api'
import type { Condition, Criteria } from '@/lib/criteria'

export const account = (part: Partial<Account>): Account => ({
  id: part.name ?? '', name: '', external_id: null, parent_id: null, parent_name: null, hierarchy_level: 0, hierarchy_path: part.id ?? '', current_stage: null, stage_color: null,
  days_in_stage: null, stage_state: null, status: 'Active', arr: null, contract_end_date: null, days_to_renewal: null, industry: null,
  csm_id: null, csm_name: null, last_touch_at: null, open_runs: 0, crm_attributes: {}, version: 1, overall_score: null, score_change_30d: null, risk_level: null, confidence: null, usage_score: null,
  engagement_score: null, support_score: null, adoption_score: null, ...part,
})

// stages and people have their names as ids
const column: Record<string, keyof Account> = { name: 'name', industry: 'industry', stage: 'current_stage', csm: 'csm_name', status: 'status', risk_level: 'risk_level' }

const bandOf = ({ status, risk_level, confidence }: Account) =>
  status === 'Paused' ? 'Paused' : risk_level === null ? 'No data' : confidence === 'low' ? 'Uncertain' : risk_level

export function meets(row: Account, criteria: Criteria | undefined): boolean {
  if (criteria === undefined) return true
  if ('all' in criteria) return criteria.all.every((inner) => meets(row, inner))
  if ('any' in criteria) return criteria.any.some((inner) => meets(row, inner))
  if ('not' in criteria) return !meets(row, criteria.not)
  const { field, op, value } = criteria as Condition
  const held = field === 'health_band' ? bandOf(row) : ((row[column[field]!] ?? null) as string | null)
  if (op === 'is_not_set') return held === null
  if (held === null) return false
  if (op === 'contains') return held.toLowerCase().includes(String(value).toLowerCase())
  return op === 'eq' ? held === value : (value as string[]).includes(held)
}

const figures = (rows: Account[]) => ({ accounts: rows.length, arr: rows.reduce((sum, { arr }) => sum + (arr ?? 0), 0) })
const isAtRisk = (row: Account) => row.status === 'Active' && ['At Risk', 'Critical'].includes(bandOf(row))
const isRenewing = ({ status, days_to_renewal: days }: Account) => status === 'Active' && days !== null && days >= 0 && days <= 90

export type Request = { path: string; criteria?: Criteria; sort?: string; after?: string; page_size: number; with_total?: boolean; field?: string }

export function serve(accounts: Account[]) {
  const requests: Request[] = []
  const search = ({ criteria, after = '0', page_size, with_total }: Request) => {
    const rows = accounts.filter((row) => meets(row, criteria))
    const end = Number(after) + page_size
    const summary = {
      ...figures(rows),
      at_risk: figures(rows.filter(isAtRisk)),
      renewing: figures(rows.filter(isRenewing)),
      at_risk_renewing: figures(rows.filter((row) => isAtRisk(row) && isRenewing(row))),
    }
    return {
      rows: rows.slice(Number(after), end),
      next: end < rows.length ? String(end) : null,
      total: with_total ? rows.length : null,
      summary: with_total ? summary : null,
    }
  }
  const count = ({ criteria }: Request) => {
    const rows = accounts.filter((row) => meets(row, criteria))
    return [...new Set(rows.map(bandOf))].map((value) => ({ value, label: value, ...figures(rows.filter((row) => bandOf(row) === value)) }))
  }
  const distinct = (key: 'current_stage' | 'csm_name') => [...new Set(accounts.flatMap((row) => row[key] ?? []))]
  const answer = (request: Request): unknown => {
    if (request.path.endsWith('/rpc/search_accounts')) return search(request)
    if (request.path.endsWith('/rpc/count_facets')) return count(request)
    if (request.path.includes('/journey_stages?')) return distinct('current_stage').map((name) => ({ id: name, name, color_hex: null, target_duration_days: null, is_active: true, is_side: false, is_end: false }))
    if (request.path.includes('/profiles?')) return distinct('csm_name').map((name) => ({ user_id: name, full_name: name, is_active: true }))
    return request.path.endsWith('_preferences') ? {} : []
  }
  const fetch = vi.fn(async (path: string, init?: RequestInit) => {
    const request = { path, ...(JSON.parse(String(init?.body ?? '{}')) as object) } as Request
    requests.push(request)
    return new Response(JSON.stringify(answer(request)))
  })
  vi.stubGlobal('fetch', fetch)
  const asked = (name: string) => requests.filter(({ path }) => path.includes(name))
  return { fetch, requests, asked }
}
