// The sign-in page around the form: why sign-in is needed, the sample hint, and where to go afterwards.
import { useState } from 'react'
import { Link, useRouter, useSearch } from '@tanstack/react-router'
import { Unreachable } from '@/components/unreachable'
import { Button } from '@/components/ui/button'
import { t } from '@/lib/i18n'
import { signIn } from './api'
import { Frame } from './frame'
import { LoginForm } from './login-form'
import { enter } from './session'

const demo = { email: 'admin@acme.com', password: 'password123' }
const isClosed = () => document.querySelector<HTMLMetaElement>('meta[name="cs-sign-up"]')?.content === 'false'
const isDemo = () => document.querySelector<HTMLMetaElement>('meta[name="cs-demo"]')?.content === 'true'

export function LoginPage() {
  const router = useRouter()
  const { next, reason } = useSearch({ from: '/login' })
  const [unreachable, setUnreachable] = useState(false)
  const [sample, setSample] = useState<typeof demo>()

  if (unreachable) return <Unreachable onBack={() => setUnreachable(false)} />
  return (
    <Frame title={t('login.title')} sub={reason && t(`login.${reason}`)} subId="reason">
      <LoginForm
        signIn={async (email, password) => enter(router, await signIn(email, password), next)}
        onUnreachable={() => setUnreachable(true)}
        sample={sample}
        describedBy={reason && 'reason'}
        forgotten={
          <Link to="/forgotten" className="link">
            {t('login.forgotten')}
          </Link>
        }
      />
      <p className="small quiet">{t('login.resetHint')}</p>
      {!isClosed() && (
        <p className="small quiet">
          {t('login.noAccount')}{' '}
          <Link to="/signup" className="link">
            {t('login.create')}
          </Link>
        </p>
      )}
      {isDemo() && (
        <section aria-label={t('login.demo')} className="note items-center">
          <p className="min-w-0 flex-1 wrap-break-word">{t('login.demoText', demo)}</p>
          <Button look="outline" onClick={() => setSample({ ...demo })}>
            {t('login.demoFill')}
          </Button>
        </section>
      )}
    </Frame>
  )
}
