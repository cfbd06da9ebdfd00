import { describe, expect, it } from 'vitest';
import { DEFAULT_HOST, DEFAULT_PORT, formatEndpoint, resolveEndpoint } from '../../src/demo/endpoint.js';
import { UserError } from '../../src/errors.js';

describe('resolveEndpoint', () => {
  it('prefers options to the environment, and that to the defaults', () => {
    const env = { HOST: 'example.org', PORT: '80' };
    expect(resolveEndpoint({}, {}, 'client')).toEqual({ host: DEFAULT_HOST, port: DEFAULT_PORT });
    expect(resolveEndpoint({}, env, 'client')).toEqual({ host: 'example.org', port: 80 });
    expect(resolveEndpoint({ host: '::1', port: '9' }, env, 'client')).toEqual({ host: '::1', port: 9 });
    expect(resolveEndpoint({ port: 0 }, env, 'server')).toEqual({ host: 'example.org', port: 0 });
  });

  it('ignores an empty variable, and accepts an address in brackets', () => {
    expect(resolveEndpoint({}, { HOST: '', PORT: '' }, 'client')).toEqual({
      host: DEFAULT_HOST,
      port: DEFAULT_PORT,
    });
    expect(resolveEndpoint({ host: '[::1]' }, {}, 'client').host).toBe('::1');
  });

  it.each(['-1', '65536', '7.5', 'http', '0x50', '1e3', '', '99999999'])('refuses port %j', (port) => {
    expect(() => resolveEndpoint({ port }, {}, 'server')).toThrow(UserError);
    expect(() => resolveEndpoint({ port }, {}, 'server')).toThrow(/^--port .* from 0 to 65535\.$/);
  });

  it('names the variable that is wrong, and refuses port 0 to a client', () => {
    expect(() => resolveEndpoint({}, { PORT: 'x' }, 'server')).toThrow('PORT "x" is not a port');
    expect(() => resolveEndpoint({ port: 0 }, {}, 'client')).toThrow('from 1 to 65535');
    expect(() => resolveEndpoint({ host: ' ' }, {}, 'client')).toThrow('The host is empty.');
  });
});

it('formatEndpoint puts IPv6 in brackets', () => {
  expect(formatEndpoint('127.0.0.1', 7777)).toBe('127.0.0.1:7777');
  expect(formatEndpoint('::1', 7777)).toBe('[::1]:7777');
  expect(formatEndpoint('::ffff:10.0.0.1', 1)).toBe('10.0.0.1:1');
});
