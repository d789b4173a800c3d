// What the builder must know of a field, and which kind of value goes with it. Pure.
export type FieldInfo = {
  field: string
  label: string
  type: string
  operators: string[]
  choices: string[] | null
  description: string | null
  inLists: boolean | null
}

/** How many accounts have a value, and what they are worth. */
export type Facet = { value: string | null; label: string | null; accounts: number; arr: number }

export type Named = { id: string; name: string }
export type Names = { stages: Named[]; people: Named[] }

export type ValueKind = 'number' | 'money' | 'percent' | 'days' | 'date' | 'text' | 'list' | 'boolean' | 'account'

const MONEY = ['arr', 'counted_arr']
const PERCENT = ['seat_share', 'usage_of_best']

export function valueKind({ field, type }: Pick<FieldInfo, 'field' | 'type'>): ValueKind {
  if (['choice', 'multi_choice', 'stage', 'member'].includes(type)) return 'list'
  if (type === 'boolean' || type === 'date' || type === 'account') return type
  if (type === 'currency' || MONEY.includes(field)) return 'money'
  if (type === 'percent' || PERCENT.includes(field)) return 'percent'
  if (type === 'number') return /(^|_)days(_|$)/.test(field) && field !== 'score_change_30d' ? 'days' : 'number'
  return 'text'
}

export const isNumeric = (kind: ValueKind) => ['number', 'money', 'percent', 'days'].includes(kind)

/** Whether the server can count the values of a field. */
export const hasFacets = ({ type }: Pick<FieldInfo, 'type'>) => ['choice', 'stage', 'member', 'text', 'url', 'any', 'boolean'].includes(type)

export type Arity = 'none' | 'one' | 'two' | 'many'

export function arityOf(op: string): Arity {
  if (op === 'is_set' || op === 'is_not_set') return 'none'
  if (op === 'between') return 'two'
  return op === 'in' || op === 'not_in' ? 'many' : 'one'
}

const isGiven = (value: unknown) => value !== undefined && value !== null && value !== '' && !(typeof value === 'number' && Number.isNaN(value))

/** Whether a condition has all it needs. */
export function isComplete({ op, value }: { op: string; value?: unknown }) {
  const arity = arityOf(op)
  if (arity === 'none') return true
  if (arity === 'one') return isGiven(value) && !Array.isArray(value)
  if (!Array.isArray(value)) return false
  return arity === 'two' ? value.length === 2 && value.every(isGiven) : value.length > 0 && value.every(isGiven)
}

/** The value as another operator takes it; what does not fit is dropped. */
export function valueFor(op: string, value: unknown): unknown {
  const given = (Array.isArray(value) ? value : [value]).filter(isGiven)
  const arity = arityOf(op)
  if (arity === 'none') return undefined
  if (arity === 'one') return given[0]
  return arity === 'two' ? [given[0], given[1] ?? undefined] : given
}

/** A new condition on a field: the operator that is meant most often, without a value. */
export function firstOperator(info: FieldInfo) {
  const kind = valueKind(info)
  // "renews within"
  const wanted = info.field === 'days_to_renewal' ? ['lte'] : kind === 'list' ? ['in', 'contains'] : isNumeric(kind) ? ['gte'] : kind === 'text' ? ['contains'] : kind === 'date' ? ['between'] : []
  return wanted.find((op) => info.operators.includes(op)) ?? info.operators[0] ?? 'eq'
}
