/** `synfin interfaces`: as root, as an ordinary user, in a separate network namespace. */
import { describe, expect, it, vi } from 'vitest';
import { NOBODY, namespace, needs, run } from './setup.js';

vi.setConfig({ testTimeout: 20_000 });
const AS_NOBODY = ['setpriv', '--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups'];

describe('interfaces', () => {
  it('as root: lo and any can be captured on, by libpcap', async (context) => {
    needs(context, 'root', 'koffi');
    const { code, stdout } = await run(['interfaces']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^lo +up, loopback +can capture \(libpcap\) +Ethernet +127\.0\.0\.1/m);
    expect(stdout).toMatch(/^any +up +can capture \(libpcap\) +Linux cooked v2$/m);
    expect(stdout).not.toContain('not permitted');
  });

  it('says each way out once, with one command for each interface that is down', async (context) => {
    needs(context, 'root', 'koffi', 'ip');
    const space = namespace();
    try {
      space.run('ip', 'link', 'add', 'left', 'type', 'veth', 'peer', 'name', 'right');
      const { stdout } = await run(['interfaces'], { before: ['ip', 'netns', 'exec', space.name] });
      expect(stdout).toMatch(/^left +down +cannot capture +Ethernet$/m);
      const below = stdout.split('\n\n')[1]?.trimEnd().split('\n') ?? [];
      expect(below[0]).toMatch(/^(right, left|left, right): down\.$/);
      expect(below.slice(1).sort()).toEqual(['  ip link set dev left up', '  ip link set dev right up']);
    } finally {
      space.remove();
    }
  });

  it('as an ordinary user: why not, once for all, and how', async (context) => {
    needs(context, 'root', 'koffi');
    const { code, stdout } = await run(['interfaces'], { before: AS_NOBODY });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^lo +up, loopback +cannot capture/m);
    expect(stdout.match(/not permitted for this user/g)).toHaveLength(1);
    expect(stdout.match(/Run it as root/g)).toHaveLength(1);
    expect(stdout).toMatch(/^lo, .*any: not permitted for this user \(.+\)\.$/m);
  });

  it('where /sys shows another network namespace, it is not believed', async (context) => {
    needs(context, 'root', 'koffi');
    const fresh = await run(['interfaces', '--json'], { before: ['unshare', '-n'] });
    const { interfaces } = JSON.parse(fresh.stdout) as { interfaces: { name: string; up: boolean }[] };
    expect(interfaces.map(({ name }) => name)).toEqual(['lo', 'any']);
    expect(interfaces[0]).toMatchObject({
      up: false,
      loopback: true,
      failure: 'interface-down',
      backend: null,
    });
    const asUser = await run(['interfaces'], { before: ['unshare', '-n', ...AS_NOBODY] });
    expect(asUser.stdout).toMatch(/^lo +down, loopback +cannot capture/m);
  });

  it('root without the right gets the reason', async (context) => {
    needs(context, 'root', 'koffi');
    const before = ['setpriv', '--bounding-set', '-net_raw', '--inh-caps', '-net_raw'];
    const { stdout } = await run(['interfaces'], { before });
    expect(stdout).toMatch(/not permitted for this user \(.*\)\.\n.*(CAP_NET_RAW|NET_RAW)/);
  });
});
