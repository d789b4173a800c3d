// Playbooks, their runs and deliveries.
export const automation = {} as const
