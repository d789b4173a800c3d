// The bar of what is not saved yet, with a reason why it has to wait.
import { DraftBar } from '@/components/draft/draft-bar'
import { Panel } from '@/components/ui/panel'
import { t } from '@/lib/i18n'

const nothing = () => undefined

export function DraftParts() {
  return (
    <Panel id="parts-draft" title={t('parts.draft')}>
      <div className="px-6 pb-12">
        <DraftBar changes={3} held={t('stages.faults')} onDiscard={nothing} onSave={nothing} />
      </div>
    </Panel>
  )
}
