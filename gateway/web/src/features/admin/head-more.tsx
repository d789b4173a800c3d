// What a section adds to the head of the page: a line beside the title, buttons at its end.
import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { useShown } from './shown'

export function HeadMore({ children }: { children: ReactNode }) {
  const { head } = useShown()
  return head && createPortal(children, head)
}
