// What a typed value looks like while it is edited, and what an edited text means. Pure.
export const VALUE_TYPES = ['text', 'number', 'currency', 'percent', 'date', 'boolean', 'choice', 'multi_choice', 'url', 'member', 'json'] as const
export type ValueType = (typeof VALUE_TYPES)[number]
export type Draft = string | string[]
export type Fault = 'number' | 'percent' | 'date' | 'url' | 'required' | 'json'

export const isNumeric = (type: ValueType) => type === 'number' || type === 'currency' || type === 'percent'

export function draftOf(type: ValueType, value: unknown): Draft {
  if (type === 'multi_choice') return Array.isArray(value) ? value.map(String) : []
  if (value === null || value === undefined) return ''
  if (type === 'json') return JSON.stringify(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** The value that a draft stands for; nothing typed is null. */
export function valueOf(type: ValueType, draft: Draft): { value: unknown } | { fault: Fault } {
  if (typeof draft !== 'string') return { value: draft.length > 0 ? draft : null }
  const typed = draft.trim()
  if (typed === '') return { value: null }
  if (isNumeric(type)) return readNumber(type, typed)
  if (type === 'boolean') return { value: typed === 'true' }
  if (type === 'date') return isDay(typed) ? { value: typed } : { fault: 'date' }
  if (type === 'url') return isAddress(typed) ? { value: typed } : { fault: 'url' }
  if (type === 'json') return readJson(typed)
  return { value: typed }
}

function readNumber(type: ValueType, typed: string): { value: number } | { fault: Fault } {
  const number = Number(typed.replace(/[\s,'’]/g, ''))
  if (!Number.isFinite(number)) return { fault: 'number' }
  return type === 'percent' && (number < 0 || number > 100) ? { fault: 'percent' } : { value: number }
}

const isDay = (typed: string) => /^\d{4}-\d\d-\d\d$/.test(typed) && new Date(`${typed}T00:00:00Z`).toISOString().startsWith(typed)

export function isAddress(typed: string) {
  try {
    return ['http:', 'https:'].includes(new URL(typed).protocol)
  } catch {
    return false
  }
}

function readJson(typed: string): { value: unknown } | { fault: Fault } {
  try {
    return { value: JSON.parse(typed) as unknown }
  } catch {
    return { fault: 'json' }
  }
}

/** Whether two values of a field are the same; absent is as good as null. */
export const isSame = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
