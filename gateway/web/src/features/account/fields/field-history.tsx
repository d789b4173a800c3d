// What a field was before, and who changed it.
import { useCallback } from 'react'
import { useQuery } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import { Awaited } from '@/components/awaited'
import { State } from '@/components/states'
import { Drawer } from '@/components/ui/drawer'
import { When } from '@/components/ui/when'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { changesQuery } from './fields-api'
import { fieldLabel, type FieldRow } from './field-list'
import { ShowValue } from './show-value'

export function FieldHistory({ field, fields }: { field: string; fields: readonly FieldRow[] }) {
  const { id, currency, timeZone, onChange } = useShown()
  const changes = useQuery(changesQuery(id, field))
  const row = fields.find((one) => one.field === field)
  const title = t('fld.history', { field: fieldLabel(fields, field) })
  const close = useCallback(() => onChange({ field: undefined }), [onChange])
  const value = (one: unknown) => <ShowValue type={row?.type ?? 'text'} value={one} options={row?.options} currency={currency} />
  return (
    <Drawer label={title} head={<h2 className="cut text-base leading-6 font-semibold">{title}</h2>} onClose={close}>
      <Awaited query={changes} height={160}>
        {(all) =>
          all.length === 0 ? (
            <State>{t('fld.noHistory')}</State>
          ) : (
            <ol>
              {all.map((one) => (
                <li key={`${one.at}-${JSON.stringify(one.new)}`} className="small grid gap-0.5 border-hairline py-2.5 not-first:border-t">
                  <p className="flex flex-wrap items-center gap-1.5 wrap-anywhere">
                    {value(one.old)}
                    <ArrowRight aria-hidden className="quiet size-3.5 rtl:-scale-x-100" strokeWidth={1.5} />
                    <span className="sr-only">{t('fld.became')}</span>
                    <span className="font-semibold">{value(one.new)}</span>
                  </p>
                  <p className="quiet flex gap-2">
                    <bdi>{one.actor_name ?? t('jour.system')}</bdi> <When at={one.at} timeZone={timeZone} />
                  </p>
                </li>
              ))}
            </ol>
          )
        }
      </Awaited>
    </Drawer>
  )
}
