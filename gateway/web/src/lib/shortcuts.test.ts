import { preferences } from './preferences'
import { onKey, shortcuts } from './shortcuts'

const run = vi.fn()
const press = (key: string, more: KeyboardEventInit = {}, target: HTMLElement = document.body) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
  Object.defineProperty(event, 'target', { value: target })
  onKey(event)
}

beforeEach(() => {
  run.mockClear()
  preferences.set({ ...preferences.get(), keys: true })
  shortcuts.set(['mod+k', '?', 'g e'].map((keys) => ({ keys, label: 'keys.title', group: 'keys.everywhere', run: () => run(keys) })))
})

test('single keys, chords and Ctrl', () => {
  press('?')
  press('g')
  press('e')
  press('e')
  press('K', { ctrlKey: true })
  expect(run.mock.calls.flat()).toEqual(['?', 'g e', 'mod+k'])
})

test('not while typing, and not when switched off; Ctrl K always', () => {
  const input = document.createElement('input')
  press('?', {}, input)
  preferences.set({ ...preferences.get(), keys: false })
  press('?')
  expect(run).not.toHaveBeenCalled()
  press('k', { metaKey: true }, input)
  expect(run).toHaveBeenCalledExactlyOnceWith('mod+k')
})
