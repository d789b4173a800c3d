// Reads a file in pieces, so that the page stays usable however long it is.
import { csvReader } from './csv-stream'
import { findShape, type Shape } from './file-shape'

const HEAD_BYTES = 64 * 1024

export const shapeOf = async (file: Blob): Promise<Shape> => findShape(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()))

/** `onRead` is told the share of the file that has been read. */
export async function readFile(file: Blob, { encoding, delimiter }: Shape, onRead?: (share: number) => void, signal?: AbortSignal): Promise<string[][]> {
  const reader = csvReader(delimiter)
  const decoder = new TextDecoder(encoding)
  const rows: string[][] = []
  let read = 0
  const add = (some: string[][]) => {
    for (const row of some) rows.push(row)
  }
  const source = file.stream().getReader()
  for (let piece = await source.read(); !piece.done; piece = await source.read()) {
    if (signal?.aborted) {
      await source.cancel()
      break
    }
    read += piece.value.byteLength
    add(reader.push(decoder.decode(piece.value, { stream: true })))
    onRead?.(read / Math.max(1, file.size))
    // the page draws and listens between two pieces
    await new Promise((resolve) => setTimeout(resolve))
  }
  add(reader.push(decoder.decode()))
  add(reader.end())
  return rows
}
