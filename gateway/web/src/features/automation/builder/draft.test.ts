import { fromTemplate, missing, placeOf, same, toSave } from './draft'
import { fromText, toText } from './json'

const template = {
  key: 'x', name: 'Health', description: 'Tells', cooldown_minutes: 60,
  trigger_criteria: { event: { kind: 'health_drop', threshold: 40 }, when: { all: [{ field: 'arr', op: 'gte', value: 5 }] } },
  actions: [{ kind: 'webhook', url: 'https://one.test/' }, { kind: 'webhook', url: 'https://two.test/' }],
}

test('the first webhook is the playbook’s own', () => {
  const saved = toSave(fromTemplate(template))
  expect(saved.webhook_url).toBe('https://one.test/')
  expect(saved.actions).toEqual([{ kind: 'webhook', url: 'https://two.test/' }])
  expect(saved.trigger_criteria).toEqual(template.trigger_criteria)
})

test('what the server refuses is found at its place', () => {
  const draft = fromTemplate(template)
  expect(placeOf('webhook_url', draft)).toBe('actions[0].url')
  expect(placeOf('actions[0].url', draft)).toBe('actions[1].url')
  expect(placeOf('trigger_criteria.event.threshold', draft)).toBe('event.threshold')
  expect(missing({ ...draft, name: ' ' })).toBe('name')
  expect(missing(draft)).toBeUndefined()
})

test('JSON and back is the same; what cannot be read says where', () => {
  const draft = fromTemplate(template)
  const read = fromText(toText(draft), draft)
  expect('draft' in read && same(read.draft, draft)).toBe(true)
  expect(fromText('{', draft)).toHaveProperty('fault')
  expect(fromText(JSON.stringify({ ...toSave(draft), cooldown_minutes: -1 }), draft)).toMatchObject({ at: 'cooldown_minutes' })
})
