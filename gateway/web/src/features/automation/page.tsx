// Automation: the address and the person go in, a changed address comes out.
import { PageTitle } from '@/components/page-title'
import { t } from '@/lib/i18n'

export function AutomationPage() {
  return <PageTitle title={t('nav.automation')} />
}
