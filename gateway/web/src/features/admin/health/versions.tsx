// The versions of the model: two compared, and an older one taken up as the next draft.
import { useState } from 'react'
import { differences } from '@/components/draft/merge'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { moment } from '@/lib/format'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { describeModel } from './describe'
import type { ModelVersion } from './health-api'
import { modelOf, type Model } from './model'

type Props = { versions: ModelVersion[]; people: Map<string, string> | undefined; onRestore?: (model: Model) => void; onClose: () => void }

export function Versions({ versions, people, onRestore, onClose }: Props) {
  const { timeZone } = useShown()
  const live = versions[0]!
  const [chosen, setChosen] = useState((versions[1] ?? live).version)
  const [other, setOther] = useState(live.version)
  const of = (version: number) => versions.find((one) => one.version === version) ?? live
  const name = (one: ModelVersion) => t('hw.versionLine', { n: String(one.version), when: moment(one.created_at, timeZone), who: one.created_by ? (people?.get(one.created_by) ?? t('unknown')) : t('hw.system') })
  const picker = (label: string, value: number, set: (version: number) => void) => (
    <Field label={label}>
      {(described) => (
        <select {...described} value={value} onChange={(event) => set(Number(event.target.value))} className="field-box">
          {versions.map((one) => (
            <option key={one.version} value={one.version}>
              {name(one)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
  const all = differences(modelOf(of(chosen)), modelOf(of(other)))
  return (
    <Dialog
      title={t('hw.versions')}
      description={t('hw.versionsText')}
      wide
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('drawer.close')}
          </Button>
          {onRestore && (
            <Button
              held={chosen === live.version}
              onClick={() => {
                onRestore(modelOf(of(chosen)))
                onClose()
              }}
            >
              {t('hw.restore', { n: String(chosen) })}
            </Button>
          )}
        </>
      }
    >
      <div className="grid gap-3" style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(220px, 1fr))' }}>
        {picker(t('hw.versionChosen'), chosen, setChosen)}
        {picker(t('hw.versionOther'), other, setOther)}
      </div>
      {all.length === 0 ? (
        <p className="quiet">{t('hw.same')}</p>
      ) : (
        <table>
          <caption className="sr-only">{t('hw.versionsText')}</caption>
          <thead>
            <tr className="quiet">
              <th scope="col" className="w-1/3 py-1 pe-3">
                {t('conflict.field')}
              </th>
              <th scope="col" className="py-1 pe-3">
                {t('hw.version', { n: String(chosen) })}
              </th>
              <th scope="col" className="py-1">
                {t('hw.version', { n: String(other) })}
              </th>
            </tr>
          </thead>
          <tbody className="align-top wrap-anywhere">
            {all.map((change) => {
              const { field, text } = describeModel(change)
              return (
                <tr key={change.path.join('/')}>
                  <th scope="row" className="py-1 pe-3">
                    {field}
                  </th>
                  <td className="num py-1 pe-3">
                    <bdi>{text(change.from)}</bdi>
                  </td>
                  <td className="num py-1 font-semibold">
                    <bdi>{text(change.to)}</bdi>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </Dialog>
  )
}
