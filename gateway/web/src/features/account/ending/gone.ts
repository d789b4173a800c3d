// Accounts that were deleted here: what others change meanwhile makes no page ask for them again.
const gone = new Set<string>()

export const markGone = (id: string) => void gone.add(id)

export const isGone = (id: string) => gone.has(id)
