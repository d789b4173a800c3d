import { rowsOf } from './import-rows'

test('columns become fields, numbers become numbers, and an id is made where there is none', () => {
  expect(rowsOf('Name,ID,ARR,Contract end,Industry\nAcme,A-1,1200.5,2027-01-31,\n"B, Ltd",,,,Steel')).toEqual([
    { name: 'Acme', external_id: 'A-1', crm_attributes: { arr: 1200.5, contract_end_date: '2027-01-31' } },
    { name: 'B, Ltd', external_id: 'csv-2', crm_attributes: { industry: 'Steel' } },
  ])
})

test('a file without names is none', () => {
  expect(rowsOf('a,b\n1,2')).toBeUndefined()
  expect(rowsOf('')).toBeUndefined()
})
