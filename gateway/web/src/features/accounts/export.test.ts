import { account } from '../../../tests/fake-accounts'
import { allColumns, chosenColumns } from './columns'
import { fileName, fileOf } from './export'

const fields = [{ field: 'crm_attributes.tier', label: 'Tier', type: 'choice', operators: [], choices: ['Gold'], description: null, inLists: true }]
const context = { currency: 'USD', timeZone: 'UTC', stages: [{ id: 's', name: 'Adoption', color: null, target: 60, isActive: true, isSide: false, isEnd: false }], colleagues: [], people: new Map<string, string>() }
const columns = chosenColumns(allColumns(fields), ['arr', 'stage', 'crm_attributes.tier', 'name', 'crm_attributes.gone'])
const rows = [
  account({ id: '1', name: '=HYPERLINK("x")', arr: 1234.5, current_stage: 'Adoption', days_in_stage: 74, stage_state: 'behind', crm_attributes: { tier: 'Gold' } }),
  account({ id: '2', name: 'Plain, Ltd', arr: null }),
]

test('a file has the columns of the list, the name first, and what the screen says; nothing starts a formula', () => {
  expect(fileOf(rows, columns, context, 'shown')).toBe('Account,ARR,"Stage, days of target",Tier\r\n"\'=HYPERLINK(""x"")","$1,234.50",Adoption 74/60 d Behind,Gold\r\n"Plain, Ltd",Not set,None,None\r\n')
})

test('raw, it has what is kept', () => {
  expect(fileOf(rows, columns, context, 'raw')).toBe('name,arr,stage,crm_attributes.tier\r\n"\'=HYPERLINK(""x"")",1234.5,Adoption,Gold\r\n"Plain, Ltd",,,\r\n')
})

test('its name says the view and the day', () => {
  expect(fileName('QBR December, Übersicht', '2026-11-22')).toBe('accounts-qbr-december-ubersicht-2026-11-22.csv')
  expect(fileName('—', '2026-11-22')).toBe('accounts-list-2026-11-22.csv')
})
