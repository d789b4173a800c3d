// What makes an element a column of the board, into which cards can be dropped.
import { useDroppable } from '@dnd-kit/core'

export const useColumn = (id: string, held = false) => useDroppable({ id, disabled: held }).setNodeRef
