// Full page for a gateway that does not answer: tries again by itself, less and less often, and says when.
import { useEffect, useState } from 'react'
import { ready } from '@/lib/api'
import { useCountdown } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { Brand } from './brand'
import { PageTitle } from './page-title'
import { Button } from './ui/button'

const MAX_WAIT_MS = 30_000

export function Unreachable({ onBack }: { onBack: () => void }) {
  const [attempt, setAttempt] = useState(0)
  const [until, setUntil] = useState(() => Date.now() + 2_000)
  const [trying, setTrying] = useState(false)
  const seconds = useCountdown(until)

  async function tryNow() {
    if (trying) return
    setTrying(true)
    if (await ready()) return onBack()
    setTrying(false)
    setAttempt(attempt + 1)
    setUntil(Date.now() + Math.min(MAX_WAIT_MS, 2_000 * 2 ** (attempt + 1)))
  }

  useEffect(() => {
    if (seconds === 0) void tryNow()
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [seconds])

  return (
    <main className="mx-auto max-w-xl px-5 pt-6">
      <Brand />
      <div className="mt-[12vh] grid justify-items-start gap-3">
        <PageTitle title={t('down.title')} focus />
        <p className="quiet">{t('down.text')}</p>
        <div className="mt-1 flex flex-wrap items-center gap-3">
          <Button onClick={() => void tryNow()} busy={trying}>
            {t('down.retry')}
          </Button>
          <p className="small quiet num">{trying || seconds === 0 ? t('down.trying') : t('down.wait', { seconds })}</p>
        </div>
      </div>
    </main>
  )
}
