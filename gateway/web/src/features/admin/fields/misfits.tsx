// The values that would not fit another type: how many, and which.
import { Awaited } from '@/components/awaited'
import { Note } from '@/components/ui/note'
import { t } from '@/lib/i18n'
import type { FieldType, Misfit } from './fields-api'

const MOST = 10

type Props = { type: FieldType; query: { data: Misfit[] | undefined; error: unknown; isPending: boolean; refetch: () => unknown } }

export function Misfits({ type, query }: Props) {
  return (
    <Awaited query={query} height={40}>
      {(all) =>
        all.length === 0 ? (
          <Note tone="good" role="status">
            {t('cf.fits', { type: t(`cf.type.${type}`) })}
          </Note>
        ) : (
          <Note tone="bad" role="alert">
            <p className="font-semibold">{t('cf.misfits', { n: all.length, type: t(`cf.type.${type}`) })}</p>
            <ul className="mt-1">
              {all.slice(0, MOST).map((one) => (
                <li key={one.account_id} className="wrap-anywhere">
                  <bdi>{one.name}</bdi>: <code>{JSON.stringify(one.value)}</code>
                </li>
              ))}
            </ul>
            {all.length > MOST && <p>{t('cf.moreMisfits', { n: all.length - MOST })}</p>}
            <p className="mt-1">{t('cf.misfitsHelp')}</p>
          </Note>
        )
      }
    </Awaited>
  )
}
