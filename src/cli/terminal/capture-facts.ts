/** What `--verbose` shows of the files of a capture: format, interfaces, losses, comments. */
import type { CaptureFile, FrameStream } from '../../capture/reader.js';
import { linkTypeName } from '../../decode/formats.js';
import { escapeText } from '../../escape.js';
import { phrases } from '../../explain/phrases.js';

const MAX_INTERFACES = 20;

/** Lines that each end in a newline. */
export function captureFacts(capture: FrameStream): string {
  const lines: string[] = [];
  for (const file of capture.files) {
    lines.push(fileLine(file), ...interfaceLines(file));
    for (const { file: of, packet, text } of capture.comments) {
      if (of === file.path) lines.push(`  ${phrases.commentText(packet, text)}`);
    }
  }
  return lines.map((line) => `${escapeText(line)}\n`).join('');
}

function fileLine(file: CaptureFile): string {
  return `${file.path}: ${phrases.fileFactsText(file)}`;
}

function interfaceLines(file: CaptureFile): string[] {
  const shown = file.interfaces.slice(0, MAX_INTERFACES);
  const lines = shown.map(({ name, linkType, snaplen }, index) => {
    return `  ${phrases.interfaceText(index, name, linkTypeName(linkType), snaplen)}`;
  });
  if (file.interfaceCount > shown.length) {
    lines.push(`  ${phrases.moreInterfacesText(file.interfaceCount - shown.length)}`);
  }
  return lines;
}
