// The builder of criteria, the list of columns and a popover, with sample data.
import { useState } from 'react'
import { CriteriaBuilder } from '@/components/criteria-builder/builder'
import { BuilderProvider, builderContext } from '@/components/criteria-builder/context'
import { fromCriteria } from '@/components/criteria-builder/tree'
import { ColumnList } from '@/components/data-table/column-list'
import { buttonClass } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { Popover } from '@/components/ui/popover'
import { t } from '@/lib/i18n'

const field = (name: string, type: string, operators: string[], choices: string[] | null = null) => ({ field: name, label: name, type, operators, choices, description: null, inLists: null })
const sample = builderContext(
  [field('arr', 'number', ['gte', 'lt', 'between', 'is_set']), field('status', 'choice', ['in', 'not_in'], ['Active', 'Paused', 'Churned']), field('contract_end_date', 'date', ['between', 'lt'])],
  { stages: [], people: [] },
  'USD',
  (name) => ({ queryKey: ['parts', 'facets', name], queryFn: async () => ['Active', 'Paused'].map((value, i) => ({ value, label: value, accounts: 38 - i * 36, arr: 0 })) }),
)
const start = { all: [{ field: 'arr', op: 'gte', value: 50_000 }, { any: [{ field: 'status', op: 'in', value: ['Active'] }, { field: 'contract_end_date', op: 'between', value: ['2027-01-01', '2027-03-31'] }] }] }

export function CriteriaParts() {
  const [tree, setTree] = useState(() => fromCriteria(start))
  const [columns, setColumns] = useState(['name', 'arr', 'stage'])
  const all = [{ key: 'name', header: t('col.name') }, { key: 'arr', header: t('col.arr') }, { key: 'stage', header: t('col.stage') }, { key: 'csm', header: t('col.csm') }]
  return (
    <Panel id="parts-criteria" title={t('accounts.builder')}>
      <div className="pad grid gap-4">
        <BuilderProvider value={sample}>
          <CriteriaBuilder value={tree} onChange={setTree} />
        </BuilderProvider>
        <Popover label={t('accounts.columns')} className="w-72 p-2!" trigger={{ className: buttonClass('outline'), children: t('accounts.columns') }}>
          {() => <ColumnList all={all} chosen={columns} onChange={setColumns} />}
        </Popover>
      </div>
    </Panel>
  )
}
