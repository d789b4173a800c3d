// The name of a template in the reader's language, where it is one that this page knows.
import { t } from '@/lib/i18n'
import type { Template } from './api'

const KNOWN = ['health_under_40', 'enters_at_risk', 'renewal_in_60_days', 'logins_down_30_percent', 'silent_for_14_days'] as const

export function templateName({ key, name }: Template) {
  const known = KNOWN.find((one) => one === key)
  return known ? t(`tmpl.${known}`) : name
}
