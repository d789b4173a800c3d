// The builder's two addresses: a new playbook, from a template or a copy, and one that is there.
import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { Awaited } from '@/components/awaited'
import { PageTitle } from '@/components/page-title'
import { State } from '@/components/states'
import { t } from '@/lib/i18n'
import { playbookQuery, templatesQuery } from '../api'
import { Frame } from '../frame'
import { useShared } from '../shared'
import { templateName } from '../template-name'
import { BuilderView } from './builder-view'
import { emptyDraft, fromPlaybook, fromTemplate, type Draft } from './draft'

export function NewPlaybookPage() {
  const search = useSearch({ from: '/dashboard/automation/playbooks/new' })
  return (
    <Frame>
      {/* another beginning is another draft */}
      <NewPlaybook key={`${search.template} ${search.copy}`} {...search} />
    </Frame>
  )
}

function NewPlaybook({ template, copy }: { template?: string; copy?: string }) {
  const templates = useQuery({ ...templatesQuery, enabled: template !== undefined })
  const original = useQuery({ ...playbookQuery(copy ?? ''), enabled: copy !== undefined })
  const { may } = useShared()
  if (!may('playbook.edit')) return <Missing />
  if (copy) return <Awaited query={original}  height={400}>{(one) => <BuilderView start={one ? copyOf(fromPlaybook(one)) : emptyDraft()} />}</Awaited>
  if (!template) return <BuilderView start={emptyDraft()} />
  return (
    <Awaited query={templates} height={400}>
      {(all) => {
        const one = all.find(({ key }) => key === template)
        return <BuilderView start={one ? { ...fromTemplate(one), name: templateName(one) } : emptyDraft()} />
      }}
    </Awaited>
  )
}

const copyOf = (draft: Draft): Draft => ({ ...draft, name: t('bld.copyOf', { name: draft.name }) })

export function EditPlaybookPage() {
  const { id } = useParams({ from: '/dashboard/automation/playbooks/$id/edit' })
  return (
    <Frame>
      <EditPlaybook key={id} id={id} />
    </Frame>
  )
}

function EditPlaybook({ id }: { id: string }) {
  const playbook = useQuery(playbookQuery(id))
  return <Awaited query={playbook} height={400} what={t('bld.failed')}>{(one) => (one ? <BuilderView playbook={one} start={fromPlaybook(one)} /> : <Missing />)}</Awaited>
}

function Missing() {
  const { tenant } = useShared()
  return (
    <>
      <PageTitle title={t('missing.title')} owner={tenant} />
      <div className="panel mt-4 pt-4">
        <State>{t('missing.text')}</State>
      </div>
    </>
  )
}
