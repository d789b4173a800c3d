import { hostsOf } from './hosts'

test('hosts are found in the address and in the actions, each once per playbook', () => {
  const actions = [{ type: 'webhook', url: 'https://b.test/x' }, { type: 'slack', url: 'https://a.test:8443/y' }, { type: 'task', text: 'see https' }]
  expect(hostsOf([{ name: 'One', webhook_url: 'https://b.test/z', actions }, { name: 'Two', webhook_url: null, actions: [{ url: 'https://b.test' }] }])).toEqual([
    { host: 'a.test:8443', playbooks: ['One'] },
    { host: 'b.test', playbooks: ['One', 'Two'] },
  ])
})

test('what is no address is none', () => expect(hostsOf([{ name: 'One', webhook_url: 'https://', actions: null }])).toEqual([]))
