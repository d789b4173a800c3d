// The only file that talks to the gateway: JSON in and out, every answer checked, every failure an ApiError.
import * as z from 'zod/mini'
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

  /** nobody answered, or a proxy did in the gateway's place */
  get away() {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504
  }
}

// one id per tab, so that a tab can tell its own changes in live events; randomUUID is missing on plain http
const client = crypto.randomUUID?.() ?? uuid(crypto.getRandomValues(new Uint8Array(16)))

function uuid(bytes: Uint8Array) {
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

export function get<T>(path: string, schema: z.ZodMiniType<T>, signal?: AbortSignal) {
  return send(path, { method: 'GET', signal }, schema)
}

export function post<T>(path: string, body: object, schema: z.ZodMiniType<T>) {
  const headers = { 'Content-Type': 'application/json' }
  return send(path, { method: 'POST', headers, body: JSON.stringify(body) }, schema)
}

/** Whether the gateway and its database answer; never throws. */
export async function ready() {
  return fetch('/ready', { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) }).then(
    (r) => r.ok,
    () => false,
  )
}

async function send<T>(path: string, init: RequestInit, schema: z.ZodMiniType<T>): Promise<T> {
  const response = await reach(path, init)
  const requestId = response.headers.get('X-Request-Id')
  const text = await response.text().catch(() => '')
  const body = parse(text)
  if (!response.ok) throw refused(response, body, requestId)
  const answer = schema.safeParse(body)
  if (answer.success) return answer.data
  throw new ApiError(t('error.unexpected'), { status: response.status, code: 'unexpected', details: answer.error.issues, requestId })
}

async function reach(path: string, init: RequestInit) {
  const limit = AbortSignal.timeout(TIMEOUT_MS)
  const signal = init.signal ? AbortSignal.any([init.signal, limit]) : limit
  const headers = { Accept: 'application/json', 'X-CS-Client': client, ...init.headers }
  try {
    return await fetch(path, { ...init, headers, signal, credentials: 'same-origin' })
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw new ApiError(t(limit.aborted ? 'error.timeout' : 'error.unreachable'), { status: 0, code: 'unreachable' })
  }
}

function refused(response: Response, body: unknown, requestId: string | null) {
  const told = problem.safeParse(body)
  const { code, message, details, hint } = told.success ? told.data : { code: '', message: '', details: null, hint: null }
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
