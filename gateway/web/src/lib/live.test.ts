import { FakeEventSource } from '../../tests/fake-events'
import { listen } from './live'

const changed = vi.fn()
let stop = () => {}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', FakeEventSource)
  FakeEventSource.opened = []
  changed.mockClear()
  stop = listen(['accounts', 'health'], changed)
})
afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const stream = () => FakeEventSource.opened.at(-1)!
const wait = () => vi.advanceTimersByTime(1_000)

test('changes of its topics that come together are one call', () => {
  stream().send('ready')
  stream().send('message', { topic: 'accounts', ids: ['1'] })
  stream().send('message', { topic: 'health', ids: null })
  expect(changed).not.toHaveBeenCalled()
  wait()
  expect(changed).toHaveBeenCalledOnce()
})

test('other topics and the first connection are no change', () => {
  stream().send('ready')
  stream().send('message', { topic: 'webhooks', ids: ['1'] })
  wait()
  expect(changed).not.toHaveBeenCalled()
})

test.each(['resync', 'end'])('%s is a change', (type) => {
  stream().send(type)
  wait()
  expect(changed).toHaveBeenCalledOnce()
})

test('after an interruption a change may have been missed', () => {
  stream().send('ready')
  stream().send('error')
  stream().send('ready')
  wait()
  expect(changed).toHaveBeenCalledOnce()
  expect(FakeEventSource.opened).toHaveLength(1)
})

test('after a refusal it connects again every 30 s, and asks each time', () => {
  for (const round of [1, 2, 3]) {
    stream().readyState = FakeEventSource.CLOSED
    stream().send('error')
    vi.advanceTimersByTime(30_000)
    expect(changed).toHaveBeenCalledTimes(round)
    expect(FakeEventSource.opened).toHaveLength(round + 1)
  }
})

test('after the end nothing is called', () => {
  stream().send('message', { topic: 'accounts', ids: null })
  stop()
  vi.advanceTimersByTime(60_000)
  expect(changed).not.toHaveBeenCalled()
  expect(stream().readyState).toBe(FakeEventSource.CLOSED)
})
