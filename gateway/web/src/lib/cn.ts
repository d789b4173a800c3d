// Joins class names; the one import for it, so that the tool behind it can change.
export { clsx as cn } from 'clsx'
