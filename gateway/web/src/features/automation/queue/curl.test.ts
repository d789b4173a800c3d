import { curlOf } from './curl'

test('a call that can be pasted, without what is secret', () => {
  const call = curlOf({ id: '1', url: 'https://a.test/x', payload: { name: "O'Hara" }, signed: true })
  expect(call).toContain(`curl -X POST 'https://a.test/x'`)
  expect(call).toContain(`O'\\''Hara`)
  expect(call).toContain('webhook-signature: v1,…')
  expect(curlOf({ id: '1', url: 'https://hooks.slack.com/services/T/B/secret', payload: {}, signed: false })).not.toContain('secret')
})
