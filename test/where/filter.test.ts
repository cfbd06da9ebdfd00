/** Expressions of `--where`: what they match, and how wrong ones are refused. */
import { resolve } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.js';
import { UserError } from '../../src/errors.js';
import { openCaptures } from '../../src/files/open-captures.js';
import type { ConnectionSnapshot } from '../../src/track/results/snapshot.js';
import { type ConnectionReport, judgeConnection } from '../../src/verdict/report.js';
import { judgeUdpFlow, type UdpFlowReport } from '../../src/verdict/udp.js';
import { compileFilter, filterNames } from '../../src/where/filter.js';

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDERS = ['fixtures/kernel', 'fixtures/synthetic'].map((folder) => resolve(ROOT, folder));

let connections: ConnectionReport[];
let flows: UdpFlowReport[];
beforeAll(async () => {
  connections = [];
  flows = [];
  const capture = await openCaptures(FOLDERS);
  const analysis = new Analysis({
    connection: (snapshot) => void connections.push(judgeConnection(snapshot)),
    udpFlow: (snapshot) => void flows.push(judgeUdpFlow(snapshot)),
  });
  await analysis.read(capture);
  analysis.finish(capture);
  await capture.close();
});

const known = (value: number | null | undefined, matches: (value: number) => boolean): boolean =>
  value !== null && value !== undefined && matches(value);

describe('an expression matches what the fields say', () => {
  it.each<[string, (row: ConnectionReport) => boolean]>([
    ['outcome.failed', (row) => row.outcome.failed],
    ['opening.kind == "refused"', (row) => row.opening.kind === 'refused'],
    [
      'opening.kind == "refused" && server.port == 7777',
      (row) => row.opening.kind === 'refused' && row.server.port === 7777,
    ],
    ['server.port in [80, 443, 7777]', (row) => [80, 443, 7777].includes(row.server.port)],
    ['opening.connectTime > 10ms', (row) => known(row.opening.connectTime, (time) => time > 0.01)],
    ['!(opening.connectTime > 10ms)', (row) => known(row.opening.connectTime, (time) => time <= 0.01)],
    ['opening.connectTime != 1s', (row) => known(row.opening.connectTime, (time) => time !== 1)],
    ['opening.connectTime == null', (row) => row.opening.connectTime === null],
    ['opening.connectTime != null', (row) => row.opening.connectTime !== null],
    ['has(opening.connectTime)', (row) => row.opening.connectTime !== null],
    ['closing.reset == null', (row) => row.closing.reset === null],
    ['closing.reset.cause == "aborted"', (row) => row.closing.reset?.cause === 'aborted'],
    ['opening.connectTime > 1d || server.port == 7777', (row) => row.server.port === 7777],
    ['has("retransmission")', (row) => (row.findingCounts.retransmission ?? 0) > 0],
    ['!has("retransmission")', (row) => (row.findingCounts.retransmission ?? 0) === 0],
    ['count("duplicate-ack") >= 3', (row) => (row.findingCounts['duplicate-ack'] ?? 0) >= 3],
    ['traffic.client.bytes > 1kB', (row) => row.traffic.client.bytes > 1000],
    ['traffic.client.bytes >= 1KiB', (row) => row.traffic.client.bytes >= 1024],
    ['cidr("127.0.0.0/8").contains(client.address)', (row) => row.client.address.startsWith('127.')],
    ['cidr("::1").contains(client.address)', (row) => row.client.address === '::1'],
    ['start >= timestamp("1970-01-02T00:00:00Z")', (row) => row.startSeconds >= 86_400],
    ['protocol == "tcp"', () => true],
    ['history.startsWith("Sh")', (row) => row.history.startsWith('Sh')],
    ['server.port % 2 == 1', (row) => row.server.port % 2 === 1],
    ['answered == false', () => false],
  ])('%s', (expression, matches) => {
    const filter = compileFilter(expression);
    const expected = connections.filter(matches).map(({ index }) => index);
    expect(connections.filter((row) => filter.connection(row)).map(({ index }) => index)).toEqual(expected);
  });

  it.each<[string, (flow: UdpFlowReport) => boolean]>([
    ['answered == false', (flow) => !flow.answered],
    ['protocol == "udp"', () => true],
    ['server.port == 7777', (flow) => flow.server.port === 7777],
    ['icmp.meaning == "port-unreachable"', (flow) => flow.icmp?.meaning === 'port-unreachable'],
    ['opening.kind == "refused"', () => false],
  ])('of UDP flows: %s', (expression, matches) => {
    const filter = compileFilter(expression);
    expect(flows.filter((flow) => filter.udpFlow(flow))).toEqual(flows.filter(matches));
  });

  it('every field can be asked for', () => {
    for (const name of filterNames()) {
      const filter = compileFilter(`${name} != null || ${name} == null`);
      expect(filter.of.connections ? connections.every((row) => filter.connection(row)) : true, name).toBe(
        true,
      );
      expect(filter.of.udpFlows ? flows.every((flow) => filter.udpFlow(flow)) : true, name).toBe(true);
    }
  });
});

describe('what the facts decide', () => {
  const EXPRESSIONS = [
    'outcome.failed',
    'opening.kind == "three-way"',
    'server.port == 7777',
    'client.address == "127.0.0.1"',
    'opening.connectTime > 1ms',
    'has("retransmission")',
    'closing.reset == null',
    'duration < 1s',
    'opening.connectTime == null',
    'response.max > 1ms',
    'traffic.client.bytes >= 5',
    'traffic.client.rtt.median > 10us',
  ];
  const tree = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(...EXPRESSIONS),
      fc
        .tuple(tie('expression'), fc.constantFrom('&&', '||'), tie('expression'))
        .map((parts) => `(${parts.join(' ')})`),
      tie('expression').map((inner) => `!(${inner})`),
    ),
  })).expression;

  it('is what the whole verdict says', async () => {
    await fc.assert(
      fc.asyncProperty(tree, async (expression) => {
        const filter = compileFilter(expression);
        const early = new Map<number, boolean | null>();
        const said = new Map<number, boolean>();
        let last: boolean | null = null;
        const capture = await openCaptures([resolve(ROOT, 'fixtures/kernel/many.pcap')]);
        const analysis = new Analysis({
          picks(facts) {
            last = filter.facts(facts);
            return true;
          },
          connection(snapshot: ConnectionSnapshot) {
            early.set(snapshot.index, last);
            said.set(snapshot.index, filter.connection(judgeConnection(snapshot)));
          },
        });
        await analysis.read(capture);
        analysis.finish(capture);
        await capture.close();
        for (const [index, decided] of early)
          if (decided !== null) expect(said.get(index), expression).toBe(decided);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a wrong expression is refused, with its place', () => {
  it.each([
    ['opening.connecTime > 1', "unknown field 'opening.connecTime'; did you mean 'opening.connectTime'?", 0],
    ['true && conectTime > 1', "unknown field 'conectTime'; did you mean 'opening.connectTime'?", 8],
    ['opening.kind == refused', 'unknown field \'refused\'; a text has quotes: "refused"', 16],
    ['opening.kind == 5', "'==' cannot compare text with number", 0],
    ['opening.kind == "refuse"', "opening.kind is never 'refuse'; did you mean 'refused'?", 16],
    ['server.port = 4', "'=' is no operator; '==' compares", 12],
    ['server.port', 'it is a number, not a condition', 0],
    ['duration > 200ms && duration > 5xs', "unknown unit 'xs'", 32],
    ['has("retransmision")', "unknown finding 'retransmision'; did you mean 'retransmission'?", 5],
    ['', 'something is missing at the end', 0],
    ['(server.port == 443', "a ')' is missing", 19],
    ['cidr("10.0.0.0/33").contains(client.address)', "'10.0.0.0/33' is no network", 6],
  ])('%s', (expression, message, column) => {
    let error: unknown = null;
    try {
      compileFilter(expression);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(UserError);
    const { message: said, hint } = error as UserError;
    expect(said).toContain(`--where: ${message}`);
    expect(hint?.split('\n')[1]?.indexOf('^')).toBe(column + 2);
  });

  it.each([
    [`${'!'.repeat(60_000)}true`],
    [`${'-'.repeat(60_000)}1 == 1`],
    [`${'('.repeat(300)}true${')'.repeat(300)}`],
    [new Array(20_000).fill('true').join(' && ')],
    [new Array(1200).fill('server.port == 1').join(' || ')],
    [`${'1 + '.repeat(20_000)}1 == 1`],
    [`server${'.port'.repeat(20_000)} == 1`],
  ])('with more terms within terms than can be walked: %.20s', (expression) => {
    expect(() => compileFilter(expression)).toThrow(
      new UserError('--where: too many terms within terms', null).message,
    );
  });

  it('with as many terms as there may be', () => {
    const terms = new Array(900).fill('server.port == 7777');
    const filter = compileFilter(terms.join(' || '));
    expect(filter.of.connections).toBe(true);
    expect(connections.filter((row) => filter.connection(row))).toEqual(
      connections.filter((row) => row.server.port === 7777),
    );
    expect(flows.filter((flow) => filter.udpFlow(flow))).toEqual(
      flows.filter((flow) => flow.server.port === 7777),
    );
  });

  it('with a number that is none', () => {
    expect(() => compileFilter('duration > 1e999')).toThrow('--where: this number is too large');
    expect(() => compileFilter(`duration > ${'9'.repeat(400)}`)).toThrow('this number is too large');
  });

  it('of any length: only what is around the place is shown', () => {
    let hint = '';
    try {
      compileFilter(`${'true && '.repeat(500)}nothing == 1 ${' && true'.repeat(200)}`);
    } catch (error) {
      hint = (error as UserError).hint ?? '';
    }
    const [shown = '', mark = ''] = hint.split('\n');
    expect(shown.length).toBeLessThan(1010);
    expect(shown.trim()).toMatch(/^….*…$/);
    expect(shown.slice(mark.indexOf('^'))).toMatch(/^nothing == 1/);
  });

  it('whatever it is', () => {
    const pieces = fc.constantFrom(
      'server',
      '.',
      'port',
      '==',
      '443',
      '200ms',
      '"',
      "'",
      '(',
      ')',
      '[',
      ']',
      '&&',
      '!',
      'has',
      'null',
      ' ',
      '{',
      '}',
      '?',
      ':',
      '\\',
      '\u0000',
      '🙂',
      '1e999',
      '0x',
      '-',
      '%',
      'in',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((list) => list.join('')),
        ),
        (expression) => {
          try {
            const filter = compileFilter(expression);
            for (const row of connections.slice(0, 5)) filter.connection(row);
          } catch (error) {
            expect(error).toBeInstanceOf(UserError);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
