// What the editor of a value in its place says.
export const edit = {
  'edit.yes': 'Yes',
  'edit.no': 'No',
  'edit.change': 'Change: {field}',
  'edit.save': 'Save: {field}',
  'edit.cancel': 'Leave as it was: {field}',
  'edit.saved': '{field} saved',
  'edit.notSaved': '{field} was not changed: {message}',
  'edit.someone': 'Someone',
  'fault.number': 'Enter a number.',
  'fault.percent': 'Enter a number from 0 to 100.',
  'fault.date': 'Enter a date.',
  'fault.url': 'Enter an address that begins with https://',
  'fault.required': 'This field needs a value.',
  'fault.json': 'This is not valid JSON.',
} as const
