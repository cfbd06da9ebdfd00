/** `synfin demo … --web`: the traffic begins once the page is open, which then shows it as it comes. */
import { Analysis } from '../../analysis/analysis.js';
import { nodeHost } from '../../files/host.js';
import { openCaptures } from '../../files/open-captures.js';
import type { Reporter } from '../report/reporter.js';
import type { Web } from '../serve/web.js';
import { DAMAGED, DONE } from '../terminal/exit-codes.js';
import type { CliIo } from '../terminal/io.js';

/** A recording on the live page, where nothing can be captured. */
export async function showRecording(path: string, reporter: Reporter, web: Web, io: CliIo): Promise<number> {
  const say = (line: string): void => void io.stderr.write(`${line}\n`);
  await web.begin(null, say);
  try {
    if (!(await web.viewed(say))) return DONE;
    const watched = web.watch(reporter);
    const { recorder, wants, sink } = watched;
    const capture = await openCaptures([path], { signal: io.signal });
    const analysis = new Analysis(sink, {
      host: nodeHost,
      rowsAtOnce: true,
      ...wants,
      ...(recorder === undefined ? {} : { recorder }),
    });
    watched.attach?.(analysis);
    await analysis.read(capture);
    const { files, warnings, drops } = capture;
    const summary = await analysis.conclude({ files, warnings, drops }, watched);
    await capture.close();
    await watched.finish(summary);
    await web.stay(say);
    return warnings.some(({ damage }) => damage) ? DAMAGED : DONE;
  } finally {
    await web.close();
  }
}
