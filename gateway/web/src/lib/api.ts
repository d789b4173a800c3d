// The only way to ask the gateway anything: JSON in and out, every answer checked, every failure an ApiError.
import * as z from 'zod/mini'
import { clientId } from './client-id'
import { t } from './i18n'

const TIMEOUT_MS = 20_000

const problem = z.object({
  code: z.catch(z.string(), ''),
  message: z.catch(z.string(), ''),
  details: z.catch(z.unknown(), null),
  hint: z.catch(z.nullable(z.string()), null),
})

type Failure = {
  /** HTTP status; 0 when there was no answer */
  status: number
  code: string
  details?: unknown
  hint?: string | null
  requestId?: string | null
  retryAfter?: number
}

export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly details: unknown
  readonly hint: string | null
  readonly requestId: string | null
  readonly retryAfter: number

  constructor(message: string, failure: Failure) {
    super(message)
    this.name = 'ApiError'
    this.status = failure.status
    this.code = failure.code
    this.details = failure.details ?? null
    this.hint = failure.hint ?? null
    this.requestId = failure.requestId ?? null
    this.retryAfter = failure.retryAfter ?? 0
  }

  get unauthorized() {
    return this.status === 401
  }

  /** no answer came, or a proxy answered in place of the gateway */
  get unreachable() {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504
  }
}

export function get<T>(path: string, schema: z.ZodMiniType<T>, signal?: AbortSignal) {
  return send(path, { method: 'GET', signal }, schema)
}

export function post<T>(path: string, body: object, schema: z.ZodMiniType<T>, { timeout, ...more }: { signal?: AbortSignal; keepalive?: boolean; /** in milliseconds, where it may take longer */ timeout?: number } = {}) {
  const headers = { 'Content-Type': 'application/json', 'X-CS-Client': clientId }
  return send(path, { method: 'POST', headers, body: JSON.stringify(body), ...more }, schema, timeout)
}

/** How many rows a view has for this query, without reading them. */
export async function count(path: string, signal?: AbortSignal) {
  const response = await fetchInTime(`${path}&limit=1`, { headers: { Prefer: 'count=exact' }, signal })
  if (!response.ok) throw failed(response, parse(await response.text().catch(() => '')), response.headers.get('X-Request-Id'))
  await response.body?.cancel()
  return Number(response.headers.get('Content-Range')?.split('/')[1] ?? 0)
}

/** Whether the gateway and its database answer; never throws. */
export async function ready() {
  return fetch('/ready', { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) }).then(
    (r) => r.ok,
    () => false,
  )
}

async function send<T>(path: string, init: RequestInit, schema: z.ZodMiniType<T>, timeout?: number): Promise<T> {
  const response = await fetchInTime(path, init, timeout)
  const requestId = response.headers.get('X-Request-Id')
  const text = await response.text().catch(() => '')
  const body = parse(text)
  if (!response.ok) throw failed(response, body, requestId)
  const answer = schema.safeParse(body)
  if (answer.success) return answer.data
  throw new ApiError(t('error.unexpected'), { status: response.status, code: 'unexpected', details: answer.error.issues, requestId })
}

async function fetchInTime(path: string, init: RequestInit, timeout = TIMEOUT_MS) {
  const limit = AbortSignal.timeout(timeout)
  const signal = init.signal ? AbortSignal.any([init.signal, limit]) : limit
  const headers = { Accept: 'application/json', ...init.headers }
  try {
    return await fetch(path, { ...init, headers, signal, credentials: 'same-origin' })
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw new ApiError(t(limit.aborted ? 'error.timeout' : 'error.unreachable'), { status: 0, code: 'unreachable' })
  }
}

function failed(response: Response, body: unknown, requestId: string | null) {
  const parsed = problem.safeParse(body)
  const { code, message, details, hint } = parsed.success ? parsed.data : { code: '', message: '', details: null, hint: null }
  return new ApiError(message || t('error.status', { status: String(response.status) }), {
    status: response.status,
    code,
    details,
    hint,
    requestId,
    retryAfter: seconds(response.headers.get('Retry-After')),
  })
}

// Retry-After is a number of seconds or a date
function seconds(value: string | null) {
  if (!value) return 0
  const n = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - Date.now()) / 1000)
  return Number.isFinite(n) ? Math.max(0, n) : 0
}

function parse(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
