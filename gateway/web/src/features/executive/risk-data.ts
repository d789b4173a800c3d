// The revenue at risk as a plain table, for reading and for a file.
import type { TableData } from '@/components/chart/data-table'
import { componentName } from '@/lib/components-of-health'
import { money } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Risk } from './api'
import { reasonOf } from './reason'

export function riskData(rows: Risk[], currency: string): TableData {
  const reason = (row: Risk) => {
    const found = reasonOf(row)
    return found === null ? null : 'text' in found ? found.text : `${componentName(found.component)} -${found.lost}`
  }
  const amount = (value: unknown) => money(Number(value), currency)
  return {
    head: [
      { label: t('col.name') },
      { label: t('col.arr'), end: true, show: amount },
      { label: t('risk.exposure'), end: true, show: amount },
      { label: t('col.health'), end: true },
      { label: t('risk.change'), end: true },
      { label: t('col.renewal') },
      { label: t('col.stage') },
      { label: t('col.csm') },
      { label: t('risk.reason') },
    ],
    rows: rows.map((row) => [row.name, row.arr, row.exposure, row.overall_score, row.score_change_30d, row.contract_end_date, row.stage, row.csm_name, reason(row)]),
    accountOf: (i) => rows[i]!.account_id,
  }
}
