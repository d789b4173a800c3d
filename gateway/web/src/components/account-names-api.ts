// Accounts by a part of their name, one by its id, for where one is picked, and the largest, for where one has nothing to go by yet.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get } from '@/lib/api'

const named = z.object({ id: z.string(), name: z.string() })
export type NamedAccount = z.infer<typeof named>

const MOST = 20

export const accountNamesQuery = (typed: string) =>
  queryOptions({
    queryKey: ['accounts', 'named', typed],
    queryFn: ({ signal }) => {
      const like = encodeURIComponent(`*${typed.trim().replace(/[*%,()\\"]/g, '')}*`)
      return get(`/rest/v1/accounts?select=id,name&name=ilike.${like}&order=name&limit=${MOST}`, z.array(named), signal)
    },
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  })

export const accountNameQuery = (id: string | undefined) =>
  queryOptions({
    queryKey: ['accounts', 'named', 'one', id],
    queryFn: async ({ signal }) => (await get(`/rest/v1/accounts?select=id,name&id=eq.${id}`, z.array(named), signal))[0] ?? null,
    enabled: id !== undefined,
    staleTime: 60_000,
    retry: false,
  })

export const largestAccountsQuery = (most: number) =>
  queryOptions({
    queryKey: ['accounts', 'named', 'largest', most],
    queryFn: ({ signal }) => get(`/rest/v1/accounts?select=id,name&status=neq.Churned&order=arr.desc.nullslast,name&limit=${most}`, z.array(named), signal),
    staleTime: 300_000,
  })
