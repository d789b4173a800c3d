import * as z from 'zod/mini'
import { ApiError, get, post } from './api'

const answer = (body: unknown, init?: ResponseInit) =>
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(typeof body === 'string' ? body : JSON.stringify(body), init))
const failure = (promise: Promise<unknown>) => promise.then(() => expect.fail('no error'), (e: ApiError) => e)
afterEach(() => vi.restoreAllMocks())

test('sends JSON, and returns the checked answer', async () => {
  const fetch = answer({ n: 1, extra: true })
  expect(await post('/x', { a: 1 }, z.object({ n: z.number() }))).toEqual({ n: 1 })
  const [path, init] = fetch.mock.calls[0]!
  const headers = new Headers(init?.headers)
  expect(path).toBe('/x')
  expect(init?.body).toBe('{"a":1}')
  expect(headers.get('content-type')).toBe('application/json')
  expect(init?.credentials).toBe('same-origin')
})

test("carries the server's sentence, code, request id and Retry-After", async () => {
  answer({ code: '54000', message: 'Slow down', details: { retry_after: 42 }, hint: null }, { status: 429, headers: { 'X-Request-Id': 'r1', 'Retry-After': '42' } })
  const e = await failure(get('/x', z.unknown()))
  expect(e).toMatchObject({ status: 429, code: '54000', message: 'Slow down', requestId: 'r1', retryAfter: 42, unreachable: false })
})

test('an answer that is not JSON is still an ApiError', async () => {
  answer('<html>bad gateway', { status: 502 })
  expect(await failure(get('/x', z.unknown()))).toMatchObject({ status: 502, unreachable: true, message: 'The server answered with status 502.' })
})

test('an answer of another shape is refused', async () => {
  answer({ n: 'one' })
  expect(await failure(get('/x', z.object({ n: z.number() })))).toMatchObject({ code: 'unexpected' })
})

test('no answer at all is status 0', async () => {
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('failed'))
  expect(await failure(get('/x', z.unknown()))).toMatchObject({ status: 0, unreachable: true })
})
