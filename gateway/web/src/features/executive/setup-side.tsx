// Beside the set-up: how usage is sent, and what will be on the page.
import { ChartNoAxesColumn, Clock, TrendingUp, TriangleAlert } from 'lucide-react'
import { Link } from '@tanstack/react-router'
import { CopyButton } from '@/components/states'
import { Panel } from '@/components/ui/panel'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { t } from '@/lib/i18n'

const example = `POST /rest/v1/rpc/record_usage
Authorization: Bearer cs_...

{"rows": [{
  "external_id": "C-001",
  "metric_type": "logins",
  "metric_value": 12,
  "metadata": {"user_id": "ana"}
}]}`

export function SendUsage() {
  return (
    <Panel id="send-usage" title={t('setup.usage')} ends={<CopyButton text={example} label={t('copy')} />}>
      <div className="pad">
        <ScrollRegion className="code" label={t('setup.example')}>
          {example}
        </ScrollRegion>
        <p className="small quiet mt-2">
          {t('setup.types')}{' '}
          <Link to="/dashboard/me" hash="tokens" className="link">
            {t('setup.token')}
          </Link>
        </p>
      </div>
    </Panel>
  )
}

const coming = [
  ['risk', TriangleAlert],
  ['health', TrendingUp],
  ['renewals', Clock],
  ['retention', ChartNoAxesColumn],
] as const

export function WhatWillBe() {
  return (
    <Panel title={t('setup.coming')}>
      <ul className="pad">
        {coming.map(([key, Icon]) => (
          <li key={key} className="small grid grid-cols-[16px_minmax(0,1fr)] gap-2.5 py-1.75">
            <Icon aria-hidden className="quiet mt-px size-4" strokeWidth={1.5} />
            <span>
              <b className="font-semibold">{t(`coming.${key}`)}</b> {t(`coming.${key}When`)}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
