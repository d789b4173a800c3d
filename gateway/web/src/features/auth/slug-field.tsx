// The organisation's short name: suggested until it is typed, and whether it is still free, in words.
import { useEffect, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Field } from '@/components/ui/field'
import { ApiError } from '@/lib/api'
import { t } from '@/lib/i18n'
import { readSlug } from './api'

const PAUSE_MS = 400

type Props = { value: string; onChange: (slug: string) => void; error?: string }

export function SlugField({ value, onChange, error }: Props) {
  const asked = usePaused(value.trim())
  const free = useQuery({ queryKey: ['auth', 'slug', asked], queryFn: ({ signal }) => readSlug(asked, signal), enabled: asked !== '', retry: false, staleTime: 10_000 })
  const current = asked === value.trim() && asked !== ''
  const wrong = current && free.error instanceof ApiError && free.error.status === 400 ? free.error.message : undefined
  const taken = current && free.data?.free === false ? t('signup.taken', { slug: asked }) : undefined
  return (
    <Field
      label={t('signup.slug')}
      error={error ?? taken ?? wrong}
      hint={<span role="status">{current && free.data?.free ? <span className="good">{t('signup.free', { slug: asked })}</span> : t('signup.slugHint')}</span>}
    >
      {(described) => (
        <input {...described} name="slug" value={value} onChange={(event) => onChange(event.target.value)} autoCapitalize="none" autoComplete="off" spellCheck={false} required maxLength={63} className="field-box field-lg" />
      )}
    </Field>
  )
}

function usePaused(value: string) {
  const [paused, setPaused] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return paused
}
