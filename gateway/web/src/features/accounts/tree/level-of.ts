// The level of a mean score, by the tenant's thresholds.
import { useQuery } from '@tanstack/react-query'
import type { Level } from '@/lib/levels'
import { STANDARD, thresholdsQuery } from '@/lib/thresholds'

export function useLevelOf() {
  const { data: [critical, healthy] = STANDARD } = useQuery(thresholdsQuery)
  return (score: number): Level => (score >= healthy ? 'Healthy' : score >= critical ? 'At Risk' : 'Critical')
}
