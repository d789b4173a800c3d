// How a press becomes a drag: a mouse after a few pixels, a finger after it has rested; what takes presses itself starts none.
import { MouseSensor, TouchSensor, useSensor, useSensors, type CollisionDetection } from '@dnd-kit/core'

const NEAR = 96

/** `data-no-drag` takes its presses itself. */
const isFree = (target: EventTarget | null) => target instanceof Element && !target.closest('[data-no-drag], input, select, textarea, [role="menu"], [role="dialog"]')

class Mouse extends MouseSensor {
  static activators = MouseSensor.activators.map((one) => ({
    ...one,
    handler: (...[event, options]: Parameters<typeof one.handler>) => isFree(event.nativeEvent.target) && one.handler(event, options),
  }))
}

class Touch extends TouchSensor {
  static activators = TouchSensor.activators.map((one) => ({
    ...one,
    handler: (...[event, options]: Parameters<typeof one.handler>) => isFree(event.nativeEvent.target) && one.handler(event, options),
  }))
}

export const useBoardSensors = () => useSensors(useSensor(Mouse, { activationConstraint: { distance: 4 } }), useSensor(Touch, { activationConstraint: { delay: 200, tolerance: 8 } }))

/** The column above or below which the pointer is, however long it is; none far outside of the board. */
export const byColumn: CollisionDetection = ({ pointerCoordinates, droppableContainers, droppableRects, collisionRect }) => {
  const x = pointerCoordinates?.x ?? collisionRect.left + collisionRect.width / 2
  const y = pointerCoordinates?.y ?? collisionRect.top
  const found = droppableContainers.find(({ id }) => {
    const rect = droppableRects.get(id)
    return rect && x >= rect.left - 6 && x < rect.right + 6 && y > rect.top - NEAR && y < Math.max(rect.bottom, innerHeight) + NEAR
  })
  return found ? [{ id: found.id }] : []
}
