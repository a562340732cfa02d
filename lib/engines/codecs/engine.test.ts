import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { open } from './engine';
import { measure } from './speed';
import type { CodecId, ComparedOutput, EncodedOutcome, EvolvedOutput, Fate } from './types';

const ALL: readonly CodecId[] = ['json', 'protobuf', 'messagepack', 'cbor'];
const SURROUNDINGS = { addressOf: (asset: string) => asset, progress: () => {} };

// The policy of the pages: no code from texts.
beforeEach(() => {
  const refuse = (): never => {
    throw new EvalError('Code is generated from a text.');
  };
  vi.stubGlobal('Function', refuse);
  vi.stubGlobal('eval', refuse);
});
afterEach(() => vi.unstubAllGlobals());

const PROTO = `syntax = "proto3";
message Order { uint64 id = 1; string customer = 2; repeated Item items = 3; bool gift = 4; }
message Item { string sku = 1; uint32 quantity = 2; }`;
const JSON_TEXT =
  '{ "id": "7", "customer": "Ada", "items": [{ "sku": "A", "quantity": 2 }], "gift": false }';

async function compared(json: string, proto = PROTO, isTimed = false): Promise<ComparedOutput> {
  const engine = await open({ codecs: ALL }, SURROUNDINGS);
  const output = await engine.run({ task: 'compare', json, proto, isTimed });
  if (output.task !== 'compared') throw new Error(JSON.stringify(output));
  return output;
}

function encoded(output: ComparedOutput, id: CodecId): EncodedOutcome {
  const outcome = output.codecs.find((codec) => codec.id === id);
  if (!outcome || outcome.refused !== null) throw new Error(JSON.stringify(outcome));
  return outcome;
}

describe('one object through the codecs', () => {
  test('bytes are counted, by what they are for and after gzip', async () => {
    const output = await compared(JSON_TEXT);
    for (const id of ALL) {
      const { bytes, bytesBy, parts, bytesHidden, gzipBytes } = encoded(output, id);
      expect(Object.values(bytesBy).reduce((a, b) => a + b)).toBe(bytes);
      expect(parts.reduce((sum, { hex }) => sum + hex.length / 2, 0) + bytesHidden).toBe(bytes);
      expect(gzipBytes).toBeGreaterThan(18);
    }
    expect(encoded(output, 'json').bytes).toBe(JSON.stringify(JSON.parse(JSON_TEXT)).length);
    expect(encoded(output, 'protobuf').bytesBy.name).toBe(0);
  });

  test('what does not come back is said, by path', async () => {
    const output = await compared(JSON_TEXT);
    expect(encoded(output, 'json').differences).toEqual([]);
    expect(encoded(output, 'protobuf').differences).toEqual(['gift: false does not come back']);
    const numeric = await compared('{"id":7,"items":[{"quantity":1},{"quantity":0}]}');
    expect(encoded(numeric, 'protobuf').differences).toEqual([
      'id: 7 comes back as "7"',
      'items[1].quantity: 0 does not come back',
    ]);
  });

  test('a field may be named like what every object has', async () => {
    const proto = 'syntax = "proto3"; message M { int32 constructor = 1; int32 toString = 2; }';
    const output = await compared('{"constructor":0,"toString":5}', proto);
    expect(encoded(output, 'protobuf').differences).toEqual(['constructor: 0 does not come back']);
    expect(encoded(output, 'json').differences).toEqual([]);
  });

  test('a number that JSON cannot write, or others write as another, is said', async () => {
    const output = await compared('{"a":1e400,"b":-0}', 'message M { optional double b = 1; }');
    expect(encoded(output, 'json').differences).toEqual([
      'a: Infinity comes back as null',
      'b: -0 comes back as 0',
    ]);
    for (const id of ['messagepack', 'cbor'] as const)
      expect(encoded(output, id).differences).toEqual(['b: -0 comes back as 0']);
  });

  test('a schema that does not fit concerns Protobuf alone', async () => {
    const output = await compared('{"other":1}');
    expect(output.codecs.map(({ refused }) => refused !== null)).toEqual([
      false,
      true,
      false,
      false,
    ]);
    expect(output.codecs[1]?.refused).toContain('"other" is unknown');
    const broken = await compared('{}', 'message {');
    expect(broken.codecs[1]?.refused).toContain('line 1');
  });

  test.each([0, 19_000, 19_999, 2 ** 29])('no field has the number %i', async (number) => {
    const output = await compared(
      '{"a":1}',
      `syntax = "proto3"; message M { int32 a = ${number}; }`,
    );
    expect(output.codecs[1]?.refused).toMatch(/^The field a = \d+ .* from 1 to 536,870,911/);
  });

  test('an object that a codec writes and does not read is refused by that codec alone', async () => {
    const output = await compared('{"__proto__":1}', PROTO, true);
    expect(output.codecs.map(({ refused }) => refused)).toEqual([
      null,
      expect.stringContaining('__proto__'),
      'The key __proto__ is not allowed',
      null,
    ]);
  });

  test('an object is nested as deep as the codecs go, and no deeper', async () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    const output = await compared(nested(64));
    expect(encoded(output, 'messagepack').bytes).toBe(64);
    const engine = await open({ codecs: ALL }, SURROUNDINGS);
    expect(
      await engine.run({ task: 'compare', json: nested(5000), proto: PROTO, isTimed: false }),
    ).toEqual({
      task: 'refused',
      what: 'The object',
      message: 'It may be nested 64 deep here; it is deeper.',
    });
  });

  test('whatever JSON is written gets an answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.integer({ min: -1, max: 2 ** 30 }), async (json, number) => {
        const output = await compared(json, `message M { optional int32 a = ${number}; }`);
        expect(output.codecs).toHaveLength(ALL.length);
      }),
      { numRuns: 50 },
    );
  });

  test('many bytes are counted and not shown', async () => {
    const { parts, bytes, bytesHidden } = encoded(
      await compared(
        JSON.stringify({ customer: 'x', items: Array(500).fill({ sku: 'A', quantity: 3 }) }),
      ),
      'cbor',
    );
    expect(parts.length).toBeLessThanOrEqual(64);
    expect(bytesHidden).toBeGreaterThan(bytes / 2);
  });

  test.each([
    ['{"a":', 'JSON'],
    [JSON.stringify('x'.repeat(70_000)), '65,536 bytes'],
  ])('what is no object, or too large, is refused', async (json, why) => {
    const engine = await open({ codecs: ALL }, SURROUNDINGS);
    const output = await engine.run({ task: 'compare', json, proto: PROTO, isTimed: false });
    expect(output).toMatchObject({ task: 'refused', what: 'The object' });
    expect('message' in output && output.message).toContain(why);
  });

  test('the versions that it states are those that are installed', async () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const { version, about } = await open({ codecs: ALL }, SURROUNDINGS);
    expect(version).toContain(`Protobuf-ES ${dependencies['@bufbuild/protobuf']}`);
    expect(version).toContain(`protobufjs ${dependencies.protobufjs}`);
    expect(version).toContain(`@msgpack/msgpack ${dependencies['@msgpack/msgpack']}`);
    expect(version).toContain(`cborg ${dependencies.cborg}`);
    expect(about.codecs.map(({ id }) => id)).toEqual(ALL);
  });
});

describe('speed', () => {
  /** A clock that stands still but for what operations take on it. */
  function clock(): { now: () => number; takes: (ms: number) => void } {
    let nowMs = 0;
    return {
      now: () => nowMs,
      takes: (ms) => {
        nowMs += ms;
      },
    };
  }

  test('is the time of one operation, over rounds that take turns', () => {
    const { now, takes } = clock();
    const [fast, slow] = measure([() => takes(0.002), () => takes(0.25)], now);
    expect(fast?.medianUs).toBeCloseTo(2, 6);
    expect(slow?.medianUs).toBeCloseTo(250, 6);
    expect(fast?.rounds).toBe(15);
    expect((fast?.operationsPerRound ?? 0) * 0.002).toBeGreaterThanOrEqual(10);
  });

  test('quartiles are those of the rounds', () => {
    const { now, takes } = clock();
    // Each round is one operation, since one fills it; warming up takes the first.
    let run = 0;
    const [spread] = measure([() => takes(10 + (run++ % 15))], now);
    expect(spread).toMatchObject({
      lowerQuartileUs: 13_500,
      medianUs: 17_000,
      upperQuartileUs: 20_500,
    });
  });

  test('is measured when it is asked for', async () => {
    vi.stubGlobal('performance', clockOfCalls());
    const { speed } = encoded(await compared(JSON_TEXT, PROTO, true), 'messagepack');
    expect(speed?.encode.medianUs).toBeGreaterThan(0);
    expect(speed?.decode.rounds).toBe(15);
    expect(encoded(await compared(JSON_TEXT), 'json').speed).toBeNull();
  });

  /** A clock that goes 20 ms with each look. */
  function clockOfCalls(): Pick<Performance, 'now'> {
    let nowMs = 0;
    return {
      now: () => {
        nowMs += 20;
        return nowMs;
      },
    };
  }
});

describe('schema evolution', () => {
  const version = (name: string, fields: string, object: object) => ({
    name,
    proto: `syntax = "proto3"; message M { ${fields} }`,
    json: JSON.stringify(object),
  });

  async function evolved(...versions: ReturnType<typeof version>[]): Promise<EvolvedOutput> {
    const engine = await open({ codecs: ['protobuf'] }, SURROUNDINGS);
    const output = await engine.run({ task: 'evolve', versions });
    if (output.task !== 'evolved') throw new Error(JSON.stringify(output));
    return output;
  }

  type Rule = readonly [
    written: string,
    object: object,
    read: string,
    verdict: Fate | 'refused',
    value?: string | null,
  ];
  /** https://protobuf.dev/programming-guides/proto3/#updating, rule by rule. */
  const RULES: readonly Rule[] = [
    // "int32, uint32, int64, uint64, and bool are all compatible", as if cast in C++.
    ['int32 a = 1;', { a: 5 }, 'int64 a = 1;', 'same'],
    ['int32 a = 1;', { a: -5 }, 'int64 a = 1;', 'same'],
    ['uint32 a = 1;', { a: 5 }, 'int32 a = 1;', 'same'],
    ['int64 a = 1;', { a: '4294967297' }, 'int32 a = 1;', 'changed', '1'],
    ['bool a = 1;', { a: true }, 'int32 a = 1;', 'same', '1'],
    ['int32 a = 1;', { a: 1 }, 'bool a = 1;', 'same', 'true'],
    ['int32 a = 1;', { a: 2 }, 'bool a = 1;', 'changed', 'true'],
    ['uint32 a = 1;', { a: 4294967295 }, 'int32 a = 1;', 'changed', '-1'],
    // "sint32 and sint64 are compatible with each other but are not compatible with the other integer types".
    ['sint32 a = 1;', { a: -5 }, 'sint64 a = 1;', 'same'],
    ['int32 a = 1;', { a: 5 }, 'sint32 a = 1;', 'changed', '-3'],
    ['sint32 a = 1;', { a: -3 }, 'int32 a = 1;', 'changed', '5'],
    // "string and bytes are compatible as long as the bytes are valid UTF-8".
    ['string a = 1;', { a: 'x' }, 'bytes a = 1;', 'same', '"eA=="'],
    ['bytes a = 1;', { a: 'eA==' }, 'string a = 1;', 'same', '"x"'],
    ['bytes a = 1;', { a: '/w==' }, 'string a = 1;', 'refused'],
    // "Embedded messages are compatible with bytes if the bytes contain an encoded instance".
    ['N a = 1; message N { int32 b = 1; }', { a: { b: 150 } }, 'bytes a = 1;', 'same', '"CJYB"'],
    ['bytes a = 1;', { a: 'CJYB' }, 'N a = 1; message N { int32 b = 1; }', 'same', '{"b":150}'],
    // "fixed32 is compatible with sfixed32, and fixed64 with sfixed64".
    ['fixed32 a = 1;', { a: 7 }, 'sfixed32 a = 1;', 'same'],
    ['fixed64 a = 1;', { a: '7' }, 'sfixed64 a = 1;', 'same'],
    // "enum is compatible with int32, uint32, int64, and uint64".
    ['E a = 1; enum E { Z = 0; O = 1; }', { a: 'O' }, 'int64 a = 1;', 'same', '"1"'],
    ['int32 a = 1;', { a: 9 }, 'E a = 1; enum E { Z = 0; O = 1; }', 'same', '9'],
    // Singular read from repeated: the last of texts; packed numbers are of another wire type.
    ['repeated string a = 1;', { a: ['x', 'y'] }, 'string a = 1;', 'changed', '"y"'],
    ['repeated int32 a = 1;', { a: [1, 2] }, 'int32 a = 1;', 'mismatch', null],
    ['repeated int32 a = 1 [packed = false];', { a: [1, 2] }, 'repeated int32 a = 1;', 'same'],
    // A single field moved into a new oneof, and a map read as the entries that it is made of.
    ['int32 a = 1;', { a: 4 }, 'oneof c { int32 a = 1; }', 'same'],
    [
      'map<string, int32> a = 1;',
      { a: { x: 2 } },
      'repeated E a = 1; message E { string key = 1; int32 value = 2; }',
      'same',
    ],
    // Numbers, not names; what is not known is kept; what is not there has its default.
    ['int32 a = 1;', { a: 5 }, 'int32 b = 1;', 'renamed', '5'],
    ['int32 a = 1;', { a: 5 }, 'int32 a = 2;', 'unknown', null],
    ['int32 a = 1;', { a: 0 }, 'int32 a = 1;', 'same', null],
    ['', {}, 'int32 a = 1;', 'default', null],
    // Not compatible: other wire types.
    ['int32 a = 1;', { a: 5 }, 'string a = 1;', 'mismatch', null],
    ['string a = 1;', { a: 'x' }, 'int32 a = 1;', 'mismatch', null],
    ['float a = 1;', { a: 1.5 }, 'double a = 1;', 'mismatch', null],
    // Within a message as well.
    [
      'N n = 1; message N { int32 b = 1; }',
      { n: { b: 5 } },
      'N n = 1; message N { sint32 b = 1; }',
      'changed',
    ],
    [
      'N n = 1; message N { int32 b = 1; }',
      { n: { b: 5 } },
      'N n = 1; message N { string b = 1; }',
      'unknown',
    ],
  ];

  for (const [written, object, read, verdict, value] of RULES)
    test(`${written} ${JSON.stringify(object)} read as ${read || 'nothing'}: ${verdict}`, async () => {
      const { readings } = await evolved(version('v1', written, object), version('v2', read, {}));
      const reading = readings.find(({ writer, reader }) => writer === 0 && reader === 1);
      expect(reading?.verdict).toBe(verdict);
      if (value !== undefined) expect(reading?.fields[0]?.readValue ?? null).toBe(value);
    });

  test('each version reads itself, whatever it is', async () => {
    for (const [fields, object] of RULES) {
      const [own] = (await evolved(version('v1', fields, object))).readings;
      expect(own).toMatchObject({ verdict: 'same', survivesPassing: true, jsonRefused: null });
    }
  });

  test('what an old reader does not know survives it', async () => {
    const { readings } = await evolved(
      version('v1', 'string a = 1;', { a: 'x' }),
      version('v2', 'string a = 1; int32 b = 2;', { a: 'x', b: 7 }),
    );
    expect(readings.map(({ verdict }) => verdict)).toEqual(['same', 'default', 'unknown', 'same']);
    expect(readings[2]).toMatchObject({ survivesPassing: true, reads: '{"a":"x"}' });
    expect(readings[2]?.jsonRefused).toContain('"b" is unknown');
    expect(readings[1]?.reads).toBe('{"a":"x","b":0}');
  });

  test('what is cut off does not survive', async () => {
    const { readings } = await evolved(
      version('wide', 'int64 a = 1;', { a: '4294967297' }),
      version('narrow', 'int32 a = 1;', { a: 1 }),
    );
    expect(readings[1]).toMatchObject({
      writer: 0,
      reader: 1,
      verdict: 'changed',
      survivesPassing: false,
    });
  });

  test('a wire type that is not expected costs its field and no other', async () => {
    const { readings } = await evolved(
      version('v1', 'int32 a = 1; string b = 2;', { a: 150, b: 'x' }),
      version('v2', 'string a = 1; string b = 2;', {}),
    );
    expect(readings[1]).toMatchObject({
      reads: '{"a":"","b":"x"}',
      refused: null,
      survivesPassing: true,
    });
  });

  test.each([
    [[], 'The list of versions', '1 to 6'],
    [Array(7).fill(version('v', '', {})), 'The list of versions', 'it has 7'],
    [[version('v1', '', {}), version('v1', '', {})], 'The list of versions', 'called "v1"'],
    [[version(' ', '', {})], 'The list of versions', 'one has none'],
    [[version('v1', 'int32 a = 1; reserved 1;', {})], 'The schema of v1', 'reserved'],
    [[version('v1', 'int32 a = 1;', { b: 1 })], 'The object of v1', '"b" is unknown'],
    [[{ ...version('v1', '', {}), json: '{' }], 'The object of v1', 'JSON'],
  ])('is refused: %j', async (versions, what, why) => {
    const engine = await open({ codecs: ['protobuf'] }, SURROUNDINGS);
    const output = await engine.run({ task: 'evolve', versions });
    expect(output).toMatchObject({ task: 'refused', what });
    expect('message' in output && output.message).toContain(why);
  });
});
