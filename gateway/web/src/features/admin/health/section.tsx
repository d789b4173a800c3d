// The health model: weights, levels, targets, caps; what a change would do; publishing it, and the versions before.
import { useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { Awaited } from '@/components/awaited'
import { useDraft } from '@/components/draft/use-draft'
import { Button } from '@/components/ui/button'
import { dayShort } from '@/lib/format'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { peopleNamesQuery } from '../api'
import { DraftFoot } from '../draft-foot'
import { HeadMore } from '../head-more'
import { useShown } from '../shown'
import { CapList } from './cap-list'
import { describeModel } from './describe'
import { publishModel, versionsQuery, type ModelVersion } from './health-api'
import { Levels } from './levels'
import { faultsOf, modelOf, storedOf } from './model'
import { MoreParts } from './more-parts'
import { PreviewPanel } from './preview-panel'
import { Targets } from './targets'
import { usePreview } from './use-preview'
import { Versions } from './versions'
import { WeightsPanel } from './weights-panel'

export function Health() {
  const versions = useQuery(versionsQuery)
  return (
    <Awaited query={versions} height={600}>
      {(all) => <Editor versions={all} />}
    </Awaited>
  )
}

function Editor({ versions }: { versions: ModelVersion[] }) {
  const client = useQueryClient()
  const { mayEdit, timeZone, search, onChange } = useShown()
  const { data: people } = useQuery(peopleNamesQuery)
  const [live] = versions as [ModelVersion]
  const [server, setServer] = useState({ live, model: modelOf(live) })
  if (live !== server.live) setServer({ live, model: modelOf(live) })
  const draft = useDraft(server.model)
  const [fire, setFire] = useState(false)
  const [fault] = faultsOf(draft.value)
  const touched = draft.changes.length > 0
  const preview = usePreview(draft.value, mayEdit && touched && !fault)
  const read = async () => (await client.fetchQuery({ ...versionsQuery, staleTime: 0 }))[0]!
  const parts = { model: draft.value, base: draft.base, version: live.version, onChange: (part: Partial<typeof draft.value>) => draft.set((now) => ({ ...now, ...part })) }
  const next = live.version + 1
  return (
    <>
      <HeadMore>
        <span className="quiet small me-auto">{t('hw.live', { n: String(live.version), day: dayShort(live.created_at, timeZone) })}</span>
        <Button look="ghost" onClick={() => onChange({ versions: true })}>
          <History aria-hidden />
          {t('hw.versions')}
        </Button>
      </HeadMore>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 min-[1100px]:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
        <fieldset disabled={!mayEdit} className="grid min-w-0 gap-4">
          <WeightsPanel {...parts} />
          <Levels {...parts} />
          <CapList {...parts} />
          <Targets {...parts} />
          <MoreParts {...parts} />
        </fieldset>
        {mayEdit && <PreviewPanel preview={preview} touched={touched} fault={fault} thresholds={draft.value.thresholds} fire={fire} onFire={setFire} />}
      </div>
      <DraftFoot
        draft={draft}
        title={t('hw.draft', { n: String(next) })}
        save={t('hw.publish', { n: String(next) })}
        held={fault ? t(`hwFault.${fault}`) : preview.error ? t('hw.refused') : preview.ready ? undefined : t('hw.previewFirst')}
        read={async () => modelOf(await read())}
        write={async (_, value) => publishModel(storedOf(value), client.getQueryData(versionsQuery.queryKey)![0]!.version, fire)}
        lastChange={async () => {
          const { created_at: at, created_by: by } = await read()
          return { who: (by && people?.get(by)) ?? null, at }
        }}
        describe={describeModel}
        onSaved={() => {
          setFire(false)
          toast(t('hw.published', { n: String(client.getQueryData(versionsQuery.queryKey)?.[0]?.version ?? next) }))
        }}
      />
      {search.versions && <Versions versions={versions} people={people} onRestore={mayEdit ? (model) => draft.set(() => model) : undefined} onClose={() => onChange({ versions: undefined })} />}
    </>
  )
}
