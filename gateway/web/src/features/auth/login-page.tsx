// The sign-in page around the form: product name, why sign-in is needed, the sample hint, and where to go afterwards.
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { Brand } from '@/components/brand'
import { Unreachable } from '@/components/unreachable'
import { PageTitle } from '@/components/page-title'
import { Button } from '@/components/ui/button'
import { t } from '@/lib/i18n'
import { HOME, safeNext } from '@/lib/next-path'
import { meQuery, signIn } from './api'
import { LoginForm } from './login-form'

const demo = { email: 'admin@acme.com', password: 'password123' }
const isDemo = () => document.querySelector<HTMLMetaElement>('meta[name="cs-demo"]')?.content === 'true'

export function LoginPage() {
  const router = useRouter()
  const client = useQueryClient()
  const { next, reason } = useSearch({ from: '/login' })
  const [unreachable, setUnreachable] = useState(false)
  const [sample, setSample] = useState<typeof demo>()

  async function enter(email: string, password: string) {
    client.setQueryData(meQuery.queryKey, await signIn(email, password))
    router.history.push(safeNext(next) ?? HOME)
  }

  if (unreachable) return <Unreachable onBack={() => setUnreachable(false)} />
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-[23rem]">
        <Brand className="justify-center text-lg" />
        <div className="mt-6 rounded-xl border bg-card p-6 shadow-sm">
          <PageTitle title={t('login.title')} className="text-xl" />
          {reason && (
            <p id="reason" className="mt-1 text-muted-foreground">
              {t(`login.${reason}`)}
            </p>
          )}
          <div className="mt-5">
            <LoginForm signIn={enter} onUnreachable={() => setUnreachable(true)} sample={sample} describedBy={reason && 'reason'} />
          </div>
        </div>
        {isDemo() && (
          <section aria-label={t('login.demo')} className="mt-4 flex items-center gap-3 rounded-xl border border-dashed border-input px-4 py-3">
            <p className="min-w-0 flex-1 text-[13px] break-words text-muted-foreground">{t('login.demoText', demo)}</p>
            <Button look="outline" size="sm" onClick={() => setSample({ ...demo })}>
              {t('login.demoFill')}
            </Button>
          </section>
        )}
        <p className="mt-6 text-center text-[13px] text-muted-foreground">{t('app.tagline')}</p>
      </div>
    </main>
  )
}
