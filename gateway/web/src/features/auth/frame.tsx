// The frame of every page before sign-in: the product's name, one column to act in, beside it what the product is about.
import type { ReactNode } from 'react'
import { Brand } from '@/components/brand'
import { PageTitle } from '@/components/page-title'
import { Showcase } from './showcase'

type Props = { title: string; sub?: ReactNode; subId?: string; children: ReactNode }

export function Frame({ title, sub, subId, children }: Props) {
  return (
    <div className="grid min-h-dvh min-[900px]:grid-cols-[5fr_6fr]">
      <main className="flex min-w-0 flex-col px-5 py-6 min-[900px]:px-8">
        <Brand />
        <div className="mx-auto mt-[8vh] mb-auto grid w-full max-w-84 gap-4 py-8 min-[900px]:my-auto">
          <div>
            <PageTitle title={title} className="text-2xl! leading-8!" />
            {sub && (
              <div id={subId} className="quiet mt-1">
                {sub}
              </div>
            )}
          </div>
          {children}
        </div>
      </main>
      <Showcase />
    </div>
  )
}
