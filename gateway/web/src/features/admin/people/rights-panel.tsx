// What each role may do, to look up.
import { Check } from 'lucide-react'
import { Panel } from '@/components/ui/panel'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { t } from '@/lib/i18n'
import { roleName } from '@/lib/roles'
import { COLUMNS, RIGHTS, type Right } from './rights'

export function RightsPanel() {
  return (
    <Panel title={t('pp.rights')} sub={t('pp.rightsSub')}>
      <ScrollRegion label={t('pp.rights')} className="scroll">
        <table className="tbl">
          <caption className="sr-only">{t('pp.rights')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('pp.right')}</th>
              {COLUMNS.map((role) => (
                <th key={role} scope="col">
                  {roleName(role)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(Object.keys(RIGHTS) as Right[]).map((right) => (
              <tr key={right}>
                <th scope="row" style={{ minWidth: 160 }}>
                  {t(`right.${right}`)}
                </th>
                {COLUMNS.map((role) => {
                  const may = (RIGHTS[right] as readonly string[]).includes(role)
                  return (
                    <td key={role}>
                      {may && <Check aria-hidden className="size-4" strokeWidth={1.5} />}
                      <span className={may ? 'sr-only' : 'quiet'}>{t(may ? 'pp.may' : 'pp.mayNot')}</span>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Panel>
  )
}
