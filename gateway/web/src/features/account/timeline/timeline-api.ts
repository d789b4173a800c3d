// What happened with an account and its family, page by page.
import { infiniteQueryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { post } from '@/lib/api'
import { ACCOUNT, eventSchema, type AccountEvent } from '../api'
import type { Scope } from '../search'

export const PAGE_SIZE = 50
const TIMELINE = 'timeline'

type PageParam = { before: string; before_key: string } | undefined

export const timelineQuery = (id: string, scope: Scope, kinds: string[] | undefined) =>
  infiniteQueryOptions({
    queryKey: [...ACCOUNT, id, TIMELINE, scope, kinds],
    queryFn: ({ pageParam, signal }) => post('/rest/v1/rpc/family_timeline', { account_id: id, scope, kinds: kinds ?? null, page_size: PAGE_SIZE, ...pageParam }, z.array(eventSchema), { signal }),
    initialPageParam: undefined as PageParam,
    getNextPageParam: (last: AccountEvent[]): PageParam => {
      const end = last.length === PAGE_SIZE ? last.at(-1) : undefined
      return end && { before: end.at, before_key: end.event_key }
    },
    retry: false,
    staleTime: 10_000,
  })
