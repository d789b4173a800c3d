// The tokens of all programs of the tenant, with whom each acts as.
import { useQuery } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { TokensPanel } from '@/components/tokens/tokens-panel'
import { peopleNamesQuery } from '../api'
import { useShown } from '../shown'

export function Tokens() {
  const { me } = useShown()
  const people = useQuery(peopleNamesQuery)
  return (
    <Awaited query={people} height={200}>
      {(names) => <TokensPanel me={me} people={names} className="max-w-260" />}
    </Awaited>
  )
}
