// The saved views a segment can be, and whether the one in the address is still awaited.
import { useQuery } from '@tanstack/react-query'
import { segmentsQuery } from '@/lib/views'

export function useViews(wanted: string | undefined) {
  const found = useQuery(segmentsQuery)
  return { views: found.data ?? [], isWaiting: wanted !== undefined && found.isPending }
}
