// A new organisation with its first person, who is its administrator and is signed in at once.
import { useRef, useState } from 'react'
import { Link, useRouter } from '@tanstack/react-router'
import { Unreachable } from '@/components/unreachable'
import { Button } from '@/components/ui/button'
import { t } from '@/lib/i18n'
import { signUp } from './api'
import { Frame } from './frame'
import { NewPassword } from '@/components/forms/new-password'
import { Refusal } from '@/components/forms/refusal'
import { enter } from './session'
import { suggestSlug } from './slug'
import { SlugField } from './slug-field'
import { isUsable } from '@/lib/strength'
import { TextField } from '@/components/forms/text-field'
import { useSubmit } from '@/components/forms/use-submit'

type Wrong = Partial<Record<'name' | 'slug' | 'full_name' | 'email' | 'password', string>>

export function SignupPage() {
  const router = useRouter()
  const form = useRef<HTMLFormElement>(null)
  const password = useRef<HTMLInputElement>(null)
  const [name, setName] = useState('')
  const [slug, setSlug] = useState<string>()
  const [wrong, setWrong] = useState<Wrong>({})
  const [unreachable, setUnreachable] = useState(false)
  const short = slug ?? suggestSlug(name)
  const read = (key: string) => String(new FormData(form.current!).get(key) ?? '').trim()
  const given = () => ({ name: name.trim(), slug: short.trim(), full_name: read('full_name'), email: read('email'), password: password.current?.value ?? '' })
  const { submit, refused, busy, alert, seconds } = useSubmit(async () => enter(router, await signUp(given())), () => setUnreachable(true))

  function check() {
    const now = given()
    const found: Wrong = {
      name: now.name ? undefined : t('signup.nameMissing'),
      slug: now.slug ? undefined : t('signup.slugMissing'),
      full_name: now.full_name ? undefined : t('signup.personMissing'),
      email: /^\S+@\S+$/.test(now.email) ? undefined : t('login.emailMissing'),
      password: isUsable(now.password) ? undefined : t('password.hint'),
    }
    setWrong(found)
    const first = (Object.keys(found) as (keyof Wrong)[]).find((key) => found[key])
    if (first) form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus()
    return !first
  }

  if (unreachable) return <Unreachable onBack={() => setUnreachable(false)} />
  return (
    <Frame title={t('signup.title')} sub={t('signup.sub')}>
      <form ref={form} noValidate onSubmit={(event) => void submit(event, check)} className="grid gap-4">
        <Refusal ref={alert} text={refused.text} seconds={seconds} />
        <TextField label={t('signup.name')} name="name" autoComplete="organization" value={name} onChange={(event) => setName(event.target.value)} error={wrong.name} />
        <SlugField value={short} onChange={setSlug} error={wrong.slug} />
        <TextField label={t('signup.person')} name="full_name" autoComplete="name" error={wrong.full_name} />
        <TextField label={t('login.email')} name="email" type="email" autoComplete="username" error={wrong.email} />
        <NewPassword ref={password} label={t('login.password')} error={wrong.password} />
        <Button type="submit" size="lg" busy={busy} held={seconds > 0}>
          {busy ? t('signup.busy') : t('signup.submit')}
        </Button>
      </form>
      <p className="small quiet">
        {t('signup.have')}{' '}
        <Link to="/login" search={{}} className="link">
          {t('login.submit')}
        </Link>
      </p>
    </Frame>
  )
}
