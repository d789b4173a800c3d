// Beside the sign-in form: an example of what a score says. Not read to readers, who came to sign in.
import { TrendingUp } from 'lucide-react'
import { ScoreBar } from '@/components/chart/score-bar'
import { Delta, LevelShape } from '@/components/health'
import { decimal, signed } from '@/lib/format'
import { t } from '@/lib/i18n'

const parts = [
  { key: 'support', score: 22, change: -24 },
  { key: 'usage', score: 31, change: -19 },
  { key: 'engagement', score: 42, change: 0 },
  { key: 'adoption', score: 47, change: 0 },
] as const
const WEIGHT = 25
const points = (score: number) => (score * WEIGHT) / 100

export function Showcase() {
  return (
    <aside aria-hidden className="grid content-center border-s bg-sidebar p-12 max-[899px]:hidden">
      <div className="mx-auto w-full max-w-130">
        <p className="mb-5 max-w-[30ch] text-xl leading-7 font-semibold tracking-[-0.015em]">{t('showcase.title')}</p>
        <div className="panel p-4">
          <p className="mb-3 flex flex-wrap items-baseline gap-2.5">
            <LevelShape band="Critical" className="size-3.5!" />
            <b className="num text-[28px] leading-9 font-semibold tracking-[-0.02em]">36</b>
            <span className="bad font-semibold">{t('health.Critical')}</span>
            <Delta change={-17} />
            <span className="small quiet">{t('showcase.example')}</span>
          </p>
          <ScoreBar earned={parts.map(({ key, score }) => ({ key, label: t(`part.${key}`), points: points(score) }))} gain={10} thresholds={[40, 80]} label="" />
          {parts.slice(0, 2).map(({ key, score, change }, i) => (
            <div key={key} className={`grid grid-cols-[128px_minmax(0,1fr)_92px] gap-x-3 border-hairline py-2.5 ${i > 0 ? 'border-t' : ''}`}>
              <p>
                <span className="font-semibold">{t(`part.${key}`)}</span> <span className="small quiet num">{score}</span>
                <span className="small quiet num block">{t('showcase.weight', { n: WEIGHT })}</span>
              </p>
              <div>
                <div className="mt-1 flex h-3 overflow-hidden rounded-[3px]">
                  <span className="bg-bar" style={{ width: `${score}%` }} />
                  <span className="hatched flex-1" />
                </div>
                <p className="small mt-1 flex flex-wrap gap-x-2.5">
                  {t(`showcase.${key as 'support' | 'usage'}`)}
                  <Delta change={change} />
                </p>
              </div>
              <p className="text-end">
                <span className="bad num font-semibold">{signed(points(score) - WEIGHT, { maximumFractionDigits: 1 })}</span>
                <span className="small quiet num block">{t('showcase.of', { points: decimal(points(score)), weight: WEIGHT })}</span>
              </p>
            </div>
          ))}
          <div className="note note-good mt-1.5">
            <TrendingUp />
            <span>{t('showcase.gain')}</span>
          </div>
        </div>
      </div>
    </aside>
  )
}
