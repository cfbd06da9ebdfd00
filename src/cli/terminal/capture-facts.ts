/** What `--verbose` tells of the files of a capture: format, interfaces, losses, comments. */
import type { CaptureFile, Drops, FrameStream } from '../../capture/reader.js';
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
      if (of === file.path) lines.push(`  comment${packet === null ? '' : ` on packet ${packet}`}: ${text}`);
    }
  }
  return lines.map((line) => `${escapeText(line)}\n`).join('');
}

function fileLine(file: CaptureFile): string {
  const packed = file.compression === null ? '' : ` in ${file.compression}`;
  const damaged = file.damaged ? ', damaged' : '';
  const lost = file.drops === null ? '' : `, ${dropsText(file.drops)}`;
  return `${file.path}: ${file.format}${packed}, ${phrases.count(file.packets, 'packet')}, ${phrases.byteCount(file.bytes)}${lost}${damaged}`;
}

function dropsText({ kernel, interface: byInterface }: Drops): string {
  const parts = [
    kernel === null ? null : `${kernel} by the system`,
    byInterface === null ? null : `${byInterface} by the interface`,
  ];
  return `lost: ${parts.filter((part) => part !== null).join(', ')}`;
}

function interfaceLines(file: CaptureFile): string[] {
  const shown = file.interfaces.slice(0, MAX_INTERFACES);
  const lines = shown.map(({ name, linkType, snaplen }, index) => {
    const limit = snaplen === 0 ? 'no snap length' : `snap length ${snaplen}`;
    return `  interface ${index}${name === null ? '' : ` ${name}`}: ${linkTypeName(linkType)}, ${limit}`;
  });
  if (file.interfaceCount > shown.length) {
    lines.push(`  and ${phrases.count(file.interfaceCount - shown.length, 'more interface')}`);
  }
  return lines;
}
