/** `synfin --version -v`: synfin, Node.js, the system, and what captures. */
import { arch, platform, release } from 'node:os';
import { loadLibpcap } from '../../live/libpcap-binding.js';
import { installation } from '../terminal/package-root.js';

export async function versions(): Promise<string> {
  const lines = [
    `synfin ${installation().manifest.version}`,
    `Node.js ${process.versions.node} (V8 ${process.versions.v8})`,
    `${platform()} ${release()} ${arch()}`,
    await libpcapText(),
  ];
  return `${lines.join('\n')}\n`;
}

async function libpcapText(): Promise<string> {
  try {
    return (await loadLibpcap()).version;
  } catch (error) {
    return `libpcap: ${error instanceof Error ? error.message : 'not found'}`;
  }
}
