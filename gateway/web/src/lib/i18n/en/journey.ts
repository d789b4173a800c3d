// The journey board.
export const journey = {} as const
