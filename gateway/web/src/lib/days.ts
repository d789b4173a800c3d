/** The day that many days from now, in UTC, as YYYY-MM-DD. */
export const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
