// Playbooks to begin with: each opens the builder, filled in.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Awaited } from '@/components/awaited'
import { buttonClass } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { t } from '@/lib/i18n'
import { templatesQuery } from '../api'
import { actionsSentence, triggerSentence } from '../sentence'
import { useShared } from '../shared'
import { templateName } from '../template-name'

export function Templates({ title }: { title: string }) {
  const { builder } = useShared()
  const templates = useQuery(templatesQuery)
  return (
    <Panel title={title} sub={t('pb.templatesSub')}>
      <Awaited query={templates} height={220}>
        {(all) => (
          <ul className="pb-2">
            {all.map((one) => (
              <li key={one.key} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-hairline px-4 py-2 not-first:border-t">
                <div className="min-w-0 flex-1 basis-64">
                  <p className="font-medium">{templateName(one)}</p>
                  <p className="small quiet wrap-anywhere">{t('says.row', { trigger: triggerSentence(one.trigger_criteria.event, one.trigger_criteria.when, builder.vocabulary), actions: actionsSentence(one.actions, builder.vocabulary) })}</p>
                </div>
                <Link to="/dashboard/automation/playbooks/new" search={{ template: one.key }} className={buttonClass('outline')} aria-label={t('pb.useNamed', { name: templateName(one) })}>
                  {t('pb.use')}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Awaited>
    </Panel>
  )
}
