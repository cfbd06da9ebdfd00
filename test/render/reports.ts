/** Reports of the connections of a capture, for drawing. */
import { analyzeFiles, type ConnectionReport } from '../../src/index.js';

/** The first few that have a ladder; none for an unreadable capture. */
export async function reportsOf(path: string, most: number): Promise<ConnectionReport[]> {
  try {
    const { connections } = await analyzeFiles([path], { ladders: most });
    return connections.slice(0, most).filter(({ ladder }) => ladder !== null);
  } catch {
    return [];
  }
}
