// The pages of administration.
export const admin = {} as const
