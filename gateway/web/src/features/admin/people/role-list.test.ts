import { rolesOf } from './role-list'

test('roles that are linked, offered or both stand once each, by name', () => {
  const logins = [
    { role_name: 'metabase', user_id: 'm', created_at: '2026-01-02' },
    { role_name: 'ana', user_id: 'a', created_at: '2026-01-01' },
  ]
  const offers = [{ role_name: 'ana' }, { role_name: 'ben' }]
  expect(rolesOf(logins, offers)).toEqual([
    { role: 'ana', user_id: 'a', linked_at: '2026-01-01', isOffered: true },
    { role: 'ben', user_id: null, linked_at: null, isOffered: true },
    { role: 'metabase', user_id: 'm', linked_at: '2026-01-02', isOffered: false },
  ])
  expect(rolesOf([], [])).toEqual([])
})
