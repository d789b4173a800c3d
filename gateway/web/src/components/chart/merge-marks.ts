// Marks along a line: those that would cover each other become one. Pure.
export type LineMark = { n: number; at: number; tone?: 'bad' }
export type MergedMark = { at: number; numbers: number[]; tone?: 'bad' }

/** `marks` ascend in time; `share` is where between 0 and 1 a moment lies, `width` the pixels of all of it. */
export function mergeMarks(marks: readonly LineMark[], share: (at: number) => number, width: number, size = 26): MergedMark[] {
  const merged: MergedMark[] = []
  for (const mark of marks) {
    const before = merged.at(-1)
    if (before && (share(mark.at) - share(before.at)) * width < size + (before.numbers.length - 1) * 10) {
      before.numbers.push(mark.n)
      before.tone ??= mark.tone
    } else merged.push({ at: mark.at, numbers: [mark.n], tone: mark.tone })
  }
  return merged
}

/** "3", "3, 4", "3 to 6" */
export const marksText = (numbers: readonly number[]) => (numbers.length < 3 ? numbers.join(', ') : `${numbers[0]}\u2013${numbers.at(-1)}`)
