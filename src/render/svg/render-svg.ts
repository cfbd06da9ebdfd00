/** A report as one picture: of its first ladder or graph. */
import { phrases } from '../../explain/phrases.js';
import { type DrawingOptions, fileName } from '../report/drawing.js';
import type { Renderer } from '../report/report.js';
import { graphSvg } from './graph.js';
import { ladderSvg } from './ladder.js';
import { udpSvg } from './udp-ladder.js';

export const renderSvg: Renderer<DrawingOptions> = function* ({ summary, blocks }, options) {
  const { width, theme, absolute } = options;
  const file = fileName(summary);
  for (const block of blocks) {
    if (block.block === 'ladder') {
      const caveat = phrases.dropsCaveat(block.doubt);
      yield `${ladderSvg(block.report, { width, theme, file, absolute, caveat })}\n`;
    } else if (block.block === 'udp-ladder') {
      yield `${udpSvg(block.flow, { width, theme, file, caveat: phrases.dropsCaveat(block.doubt) })}\n`;
    } else if (block.block === 'graph') {
      const { report, segments, leftOut, choice } = block;
      yield `${graphSvg(report, segments, { ...choice, width, theme, file, leftOut })}\n`;
    } else continue;
    return;
  }
};
