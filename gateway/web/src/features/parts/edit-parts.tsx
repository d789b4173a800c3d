// Values that turn into their input where they stand, and tabs that are addresses.
import { useState } from 'react'
import { InlineEdit } from '@/components/edit/inline-edit'
import { Panel } from '@/components/ui/panel'
import { tabPanel, Tabs } from '@/components/ui/tabs'
import { day, money } from '@/lib/format'
import { t } from '@/lib/i18n'
import { people } from './sample'

const TABS = ['usage', 'engagement', 'support', 'adoption'] as const

export function EditParts() {
  const [tab, setTab] = useState<(typeof TABS)[number]>('usage')
  const [values, setValues] = useState<Record<string, unknown>>({ arr: 420_000, end: '2027-01-31', csm: people[0] })
  const save = (key: string) => (value: unknown) => {
    // one that is refused keeps its input
    if (key === 'arr' && Number(value) < 0) return Promise.resolve(t('fault.number'))
    setValues({ ...values, [key]: value })
    return Promise.resolve(undefined)
  }
  return (
    <Panel title={t('parts.edit')}>
      <div className="pad grid gap-4">
        <dl className="facts">
          <dt>{t('col.arr')}</dt>
          <dd>
            <InlineEdit label={t('col.arr')} type="currency" value={values.arr} onSave={save('arr')}>
              {values.arr === null ? t('notSet') : money(Number(values.arr), 'USD')}
            </InlineEdit>
          </dd>
          <dt>{t('fld.contract_end_date')}</dt>
          <dd>
            <InlineEdit label={t('fld.contract_end_date')} type="date" value={values.end} onSave={save('end')}>
              {values.end === null ? t('noDate') : day(String(values.end))}
            </InlineEdit>
          </dd>
          <dt>{t('col.csm')}</dt>
          <dd>
            <InlineEdit label={t('col.csm')} type="member" value={values.csm} options={people.map((name) => ({ value: name, label: name }))} onSave={save('csm')}>
              {String(values.csm ?? t('notSet'))}
            </InlineEdit>
          </dd>
        </dl>
        <Tabs id="parts" label={t('parts.tabs')} value={tab} tabs={TABS.map((key, i) => ({ key, label: t(`part.${key}`), count: i || undefined, href: '#parts-tabs' }))} onChange={setTab} />
        <p {...tabPanel('parts', tab)}>{t(`part.${tab}`)}</p>
      </div>
    </Panel>
  )
}
