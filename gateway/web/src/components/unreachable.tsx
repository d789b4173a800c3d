// Full page for a gateway that does not answer: tries again by itself, less and less often, and says when.
import { useEffect, useState } from 'react'
import { CloudOff } from 'lucide-react'
import { ready } from '@/lib/api'
import { useCountdown } from '@/lib/hooks'
import { t } from '@/lib/i18n'
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
    <main className="grid min-h-dvh place-items-center p-4">
      <div className="flex max-w-md flex-col items-center gap-3 text-center">
        <div className="mb-1 grid size-12 place-items-center rounded-full bg-muted text-muted-foreground">
          <CloudOff aria-hidden className="size-6" />
        </div>
        <PageTitle title={t('down.title')} className="text-xl" focus />
        <p className="text-muted-foreground">{t('down.text')}</p>
        <Button className="mt-2" onClick={() => void tryNow()} aria-busy={trying} aria-disabled={trying}>
          {t('down.retry')}
        </Button>
        <p className="text-[13px] text-muted-foreground tabular-nums">
          {trying || seconds === 0 ? t('down.trying') : t('down.wait', { seconds })}
        </p>
      </div>
    </main>
  )
}
