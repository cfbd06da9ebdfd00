/** `synfin schema` compared with the JSON of every capture: every member is described, and every description is right. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { JSON_SCHEMA } from '../../src/render/data/json-schema.js';
import { STEPS } from '../../src/track/results/sink.js';
import { readableCaptures } from '../cli/fixtures.js';
import { runCli } from '../run-cli.js';

/** The schema without room for further members, which a later version may add. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, closed(part)]));
  return 'properties' in schema && 'required' in schema ? { additionalProperties: false, ...inner } : inner;
}

// types of several are written as JSON Schema has them, not as ajv's strict mode wants them
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
const isValid = ajv.compile<object>(Object(closed(JSON_SCHEMA)));

function problems(document: unknown): string[] {
  if (isValid(document)) return [];
  return (isValid.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

async function documentOf(...argv: string[]): Promise<unknown> {
  return JSON.parse((await runCli([...argv, '--format', 'json'])).stdout);
}

/** Paths of members with null, and with something else. */
function visit(value: unknown, path: string, seen: Map<string, Set<'null' | 'value'>>): void {
  if (!seen.has(path)) seen.set(path, new Set());
  seen.get(path)?.add(value === null ? 'null' : 'value');
  if (Array.isArray(value)) for (const item of value) visit(item, `${path}[]`, seen);
  else if (typeof value === 'object' && value !== null)
    for (const [name, member] of Object.entries(value)) visit(member, `${path}.${name}`, seen);
}

/** Paths of members that may be null, from the schema. */
function nullable(schema: unknown, path: string): string[] {
  const { type, properties, items, $ref, anyOf } = Object(schema);
  const own = [type].flat().includes('null') ? [path] : [];
  if (typeof $ref === 'string')
    return nullable(Object(JSON_SCHEMA.$defs)[$ref.split('/').at(-1) ?? ''], path);
  const deeper = Object.entries(Object(properties)).flatMap(([name, part]) =>
    nullable(part, `${path}.${name}`),
  );
  const listed = items === undefined ? [] : nullable(items, `${path}[]`);
  const either = Array.isArray(anyOf) ? anyOf.flatMap((part) => nullable(part, path)) : [];
  return [...own, ...deeper, ...listed, ...either];
}

/** Null in no capture here: losses, several of something, times beyond the years of RFC 3339, or an empty capture. */
const RARE: ReadonlySet<string> = new Set([
  '$.capture.drops.kernel',
  '$.capture.drops.interface',
  '$.capture.patterns[].target',
  '$.capture.warnings[].packet',
  '$.connections[].via[].id',
  '$.connections[].start',
  '$.connections[].closing.halfClose.duration',
  '$.connections[].process.client',
  '$.connections[].process.server',
  '$.udpFlows[].via[].id',
  '$.udpFlows[].start',
  '$.groups[].key',
  '$.groups[].retransmittedShare',
]);

const seen = new Map<string, Set<'null' | 'value'>>();

describe('the JSON Schema', () => {
  it('is what the command prints, of draft 2020-12', async () => {
    const { code, stdout } = await runCli(['schema']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(JSON_SCHEMA);
    expect(ajv.validateSchema(Object(JSON_SCHEMA))).toBe(true);
  });

  it.each(readableCaptures())('is right for %s', async (capture) => {
    const document = await documentOf('analyze', capture);
    expect(problems(document)).toEqual([]);
    visit(document, '$', seen);
  });

  it.each(['server', 'outcome', 'minute'])('is right for groups by %s', async (key) => {
    const document = await documentOf('analyze', 'captures', 'fixtures/kernel', '--by', key);
    expect(problems(document)).toEqual([]);
    visit(document, '$', seen);
  });

  it('is right for no groups', async () => {
    const document = await documentOf('analyze', 'fixtures/synthetic/no-packets.pcap', '--by', 'server');
    expect(problems(document)).toEqual([]);
    visit(document, '$', seen);
  });

  it('is right for each step of every connection, as in --events', async () => {
    const bound = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
    bound.addSchema(Object(closed(JSON_SCHEMA)), 'synfin');
    const isEvent = bound.compile<{ event: string }>({ $ref: 'synfin#/$defs/event' });
    const { stdout } = await runCli(['analyze', 'captures', 'fixtures/kernel', '--ndjson', '--events']);
    const lines: { type: string; event: string }[] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const events = lines.filter(({ type }) => type === 'event');
    const wrong = events.filter((event) => !isEvent(event));
    expect({ wrong: wrong.slice(0, 3), errors: isEvent.errors ?? [] }).toEqual({ wrong: [], errors: [] });
    expect([...new Set(events.map(({ event }) => event))].sort()).toEqual([...STEPS].sort());
    const [event] = events;
    for (const broken of [
      { ...event, event: 'begun' },
      { ...event, further: 1 },
      { ...event, states: null },
      { ...event, outcome: {} },
    ])
      expect(isEvent(broken)).toBe(false);
  });

  it('every member that may be null is null somewhere', () => {
    const never = nullable(JSON_SCHEMA, '$').filter((path) => seen.get(path)?.has('null') !== true);
    expect([...new Set(never)].sort()).toEqual([...RARE].sort());
  });

  it('finds undescribed and missing members', async () => {
    const document = Object(await documentOf('analyze', 'captures/demo-tcp.pcap'));
    document.connections[0].opening.further = 1;
    delete document.connections[0].closing.kind;
    document.connections[0].duration = -1;
    const found = problems(document).join('\n');
    expect(found).toMatch(
      /\/connections\/0\/opening must NOT have additional properties \{"additionalProperty":"further"\}/,
    );
    expect(found).toMatch(/\/connections\/0\/closing must have required property 'kind'/);
    expect(found).toMatch(/\/connections\/0\/duration must be >= 0/);
  });
});
