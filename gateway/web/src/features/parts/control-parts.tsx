// Health, buttons, inputs, chips, switches, stages.
import { useState, type ReactNode } from 'react'
import { Plus, Search, X } from 'lucide-react'
import { Delta, Health } from '@/components/health'
import { Stage } from '@/components/stage'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Panel } from '@/components/ui/panel'
import { PasswordField } from '@/components/ui/password-field'
import { Person } from '@/components/ui/person'
import { Segmented } from '@/components/ui/segmented'
import { Switch } from '@/components/ui/switch'
import { AccountPicker } from '@/components/account-picker'
import { t } from '@/lib/i18n'

const Kit = ({ children }: { children: ReactNode }) => <div className="flex flex-wrap items-center gap-x-3.5 gap-y-2 border-hairline py-3 not-first:border-t first:pt-0">{children}</div>

export function ControlParts() {
  const [view, setView] = useState<'accounts' | 'arr'>('accounts')
  return (
    <>
      <Panel title={t('parts.health')}>
        <div className="pad">
          <Kit>
            <Health score={85} level="Healthy" />
            <Health score={72} level="At Risk" />
            <Health score={35} level="Critical" />
            <Health score={null} level={null} />
          </Kit>
          <Kit>
            <Health score={93} level="Healthy" confidence="low" />
            <Health score={61} level="At Risk" confidence="low" dense />
            <Health score={21} level="Critical" confidence="low" dense />
          </Kit>
          <Kit>
            <Delta change={3} />
            <Delta change={-20} />
            <Delta change={9} upIsGood={false} />
            <Delta change={2} neutral />
            <Delta change={0} />
          </Kit>
          <Kit>
            <Stage name="Adoption" color="#0ea5e9" days={74} target={60} state="behind" />
            <Stage name="Renewal" color="#eab308" days={142} target={90} state="stuck" />
            <Stage name={null} />
          </Kit>
          <Kit>
            <Person name="Alice Administrator" />
            <Person name="Bob Builder" compact />
          </Kit>
        </div>
      </Panel>
      <Panel title={t('parts.controls')}>
        <div className="pad">
          <Kit>
            <Button>{t('parts.primary')}</Button>
            <Button look="outline">{t('parts.outline')}</Button>
            <Button look="ghost">{t('parts.ghost')}</Button>
            <Button look="danger">{t('tokens.end')}</Button>
            <Button busy>{t('parts.busy')}</Button>
            <Button look="outline" disabled>
              {t('parts.disabled')}
            </Button>
          </Kit>
          <Kit>
            <div className="field-box max-w-50">
              <Search aria-hidden className="quiet size-4" strokeWidth={1.5} />
              <input aria-label={t('accounts.filter')} placeholder={t('accounts.filterHint')} />
            </div>
            <span className="chip">
              <span className="chip-name">{t('col.arr')}</span>
              <button type="button">{'≥ $50,000'}</button>
              <button type="button" className="chip-x" aria-label={t('exec.drop', { name: t('col.arr') })}>
                <X aria-hidden />
              </button>
            </span>
            <button type="button" className="chip chip-add">
              <Plus aria-hidden />
              {t('exec.addBoth')}
            </button>
          </Kit>
          <Kit>
            <span className="grid w-64">
              <AccountPicker label={t('col.name')} value={undefined} onPick={() => undefined} />
            </span>
          </Kit>
          <Kit>
            <Segmented label={t('donut.by')} value={view} options={[{ value: 'accounts', label: t('tile.accounts') }, { value: 'arr', label: t('col.arr') }]} onChange={setView} />
            <Switch checked onChange={() => undefined} label={t('on')} />
            <Switch checked={false} onChange={() => undefined} label={t('off')} />
            <input type="checkbox" className="check" defaultChecked aria-label={t('on')} />
            <input type="checkbox" className="check" aria-label={t('off')} />
            <input type="checkbox" className="check" ref={(box) => void (box && (box.indeterminate = true))} aria-label={t('parts.some')} />
            <kbd>{'g'}</kbd>
            <kbd>{'Ctrl K'}</kbd>
          </Kit>
          <div className="grid gap-3 border-t border-hairline pt-3 sm:grid-cols-2">
            <Field label={t('login.email')} error={t('login.emailMissing')}>
              {(described) => <input {...described} className="field-box" defaultValue="alice" />}
            </Field>
            <Field label={t('inviting.role')} hint={t('inviting.Viewer')}>
              {(described) => (
                <select {...described} className="field-box">
                  <option>{t('role.Viewer')}</option>
                </select>
              )}
            </Field>
            <PasswordField label={t('login.password')} defaultValue="correct horse" hint={t('password.strong')} autoComplete="off" />
          </div>
        </div>
      </Panel>
    </>
  )
}
