// What a person may not see: the role it needs, and who has it.
import { useQuery } from '@tanstack/react-query'
import { listed } from '@/lib/format'
import { t } from '@/lib/i18n'
import { roleName } from '@/lib/roles'
import { holdersQuery } from './forbidden-api'
import { State } from './states'

type Props = { roles: readonly string[]; /** whom to ask: those with the last of the roles */ title?: string }

export function Forbidden({ roles, title }: Props) {
  const { data = [] } = useQuery(holdersQuery(roles.at(-1)!))
  return (
    <State title={title ?? t('forbidden.title')}>
      <p>{t('forbidden.role', { roles: listed(roles.map(roleName), 'disjunction') })}</p>
      {data.length > 0 && (
        <p>
          <bdi>{t('forbidden.ask', { people: listed(data.map((one) => one.full_name)) })}</bdi>
        </p>
      )}
    </State>
  )
}
