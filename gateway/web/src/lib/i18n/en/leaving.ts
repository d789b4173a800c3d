// How a person leaves an organization.
export const leaving = {
  'leaving.title': 'Leave this organization',
  'leaving.sub': 'You lose access at once. What you did stays in the history.',
  'leaving.open': 'Leave',
  'leaving.ask': 'Leave {tenant}?',
  'leaving.text': 'Your sessions and tokens here end at once. Only an administrator can invite you again.',
  'leaving.submit': 'Leave {tenant}',
  'leaving.noAccounts': 'You look after no account here: nothing has to be handed over.',
  'leaving.handOver': { one: 'You look after {n} account. It goes to', other: 'You look after {n} accounts. These go to' },
  'leaving.missing': 'Choose who takes over.',
  'leaving.last': 'You are the last Tenant Admin and cannot leave. Make someone else one first, under Admin, People.',
} as const
