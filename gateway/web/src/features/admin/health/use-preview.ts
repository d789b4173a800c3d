// What the draft would do, asked for a moment after the last change.
import { useEffect, useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { portfolioQuery, previewQuery } from './health-api'
import { storedOf, type Model } from './model'
import { outcomeOf, type Outcome } from './outcome'

const PAUSE_MS = 400

export type PreviewState = { outcome: Outcome | undefined; ms: number; /** of exactly this draft */ ready: boolean; busy: boolean; error: Error | null; again: () => void }

export function usePreview(model: Model, wanted: boolean): PreviewState {
  const written = JSON.stringify(storedOf(model))
  const [asked, setAsked] = useState(written)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(written), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [written])
  const isAsked = asked === written
  const preview = useQuery({ ...previewQuery(JSON.parse(asked) as ReturnType<typeof storedOf>), enabled: wanted && isAsked, placeholderData: keepPreviousData })
  const portfolio = useQuery({ ...portfolioQuery, enabled: wanted })
  const { data } = preview
  return {
    outcome: data && portfolio.data && outcomeOf(data.rows, portfolio.data),
    ms: data?.ms ?? 0,
    ready: isAsked && data !== undefined && portfolio.data !== undefined && !preview.isPlaceholderData && !preview.error,
    busy: preview.isFetching || portfolio.isFetching || !isAsked,
    error: isAsked ? (preview.error ?? portfolio.error) : null,
    again: () => void (preview.error ? preview.refetch() : portfolio.refetch()),
  }
}
