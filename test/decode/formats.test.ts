import { expect, test } from 'vitest';
import { DECODED_LAYERS, DECODED_LINK_TYPES, linkTypeName } from '../../src/decode/formats.js';
import { runCli } from '../run-cli.js';
import { zeros } from './bytes.js';
import { decoded } from './decoded.js';
import { VARIANTS } from './variants.js';

test('every link type that is listed is decoded, and every one that is decoded is listed', () => {
  const decodedTypes = [];
  for (let linkType = 0; linkType < 400; linkType++) {
    if (decoded(linkType, zeros(64)).stop !== 'unknown link type') decodedTypes.push(linkType);
  }
  expect([...DECODED_LINK_TYPES.keys()]).toEqual(decodedTypes);
});

test('every listed link type has a frame in the tests, except second numbers of the same type', () => {
  const tested = new Set(VARIANTS.map(({ linkType }) => linkType));
  const untested = [...DECODED_LINK_TYPES.keys()].filter((linkType) => !tested.has(linkType));
  expect(untested).toEqual([11, 13, 16, 18, 19, 106, 112]);
});

test('synfin formats lists them all, in lines of a terminal', async () => {
  const { code, stdout } = await runCli(['formats']);
  expect(code).toBe(0);
  for (const [number, name] of DECODED_LINK_TYPES)
    expect(stdout).toMatch(new RegExp(`^ +${number} {2}${name.replace(/[()]/g, '.')}$`, 'm'));
  for (const { name } of DECODED_LAYERS) expect(stdout).toContain(`  ${name}`);
  for (const word of ['pcap', 'pcapng', 'gzip, zstd, lz4', '--follow', '--write', 'Limits'])
    expect(stdout).toContain(word);
  expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
});

test('names', () => {
  expect(linkTypeName(1)).toBe('Ethernet');
  expect(linkTypeName(252)).toBe('Wireshark upper PDU');
  expect(linkTypeName(147)).toBe('link type 147 (user-defined)');
  expect(linkTypeName(999)).toBe('link type 999');
  expect(DECODED_LAYERS.map(({ name }) => name)).toContain('VXLAN');
});
