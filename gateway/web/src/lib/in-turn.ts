// Writes of one thing, one after the other: of those that wait for the one under way, all leave as one, what came last counting. So that
// what is kept is what was chosen last, however the network orders what is sent at once.
export function inTurn<Change extends object>(send: (change: Change) => Promise<unknown>) {
  let waiting: Change | undefined
  let running: Promise<void> | undefined

  async function run() {
    try {
      while (waiting) {
        const change = waiting
        waiting = undefined
        await send(change)
      }
    } finally {
      running = undefined
    }
  }

  return (change: Change): Promise<void> => {
    waiting = { ...waiting, ...change } as Change
    return (running ??= run())
  }
}
