// A link for a forgotten password.
export const reset = {
  'reset.title': 'Choose a new password',
  'reset.for': 'For {email}. This link works once, until {time}.',
  'reset.again': 'New password again',
  'reset.mismatch': 'The two passwords differ.',
  'reset.submit': 'Set the password',
  'reset.busy': 'Setting',
  'reset.done': 'Your new password is set, and you are signed in.',
  'reset.over': 'This link is no longer open',
  'reset.overText': 'It was used, replaced by a newer one, or is older than an hour. Ask your administrator for a new one.',
} as const
