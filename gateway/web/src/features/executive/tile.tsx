// One figure: its name, the number, how it changed, a second line, and a small line of how it came to be.
import type { ReactNode } from 'react'

type Props = { label: string; value: ReactNode; delta?: ReactNode; spark?: ReactNode; children?: ReactNode }

export function Tile({ label, value, delta, spark, children }: Props) {
  return (
    <div className="tile relative min-w-0 px-4 py-3">
      <dt className={spark ? 'small quiet md:pe-20' : 'small quiet'}>{label}</dt>
      <dd className="flex flex-wrap items-baseline gap-x-1.5">
        <span className="num text-[22px] leading-7.5 font-semibold tracking-[-0.02em]">{value}</span>
        {delta}
      </dd>
      <dd className="small quiet num">{children}</dd>
      {spark && <dd className="absolute end-4 top-4 max-md:hidden">{spark}</dd>}
    </div>
  )
}
