import type { CodecsLab, CodecsOutput, Reading } from '@/lib/engines/codecs/types';

/** What the reader makes of the writer's bytes, by the names of the versions. */
function reading(output: CodecsOutput, writer: string, reader: string): Reading | undefined {
  if (output.task !== 'evolved') return undefined;
  const at = (name: string): number => output.versions.findIndex((each) => each.name === name);
  return output.readings.find((each) => each.writer === at(writer) && each.reader === at(reader));
}

const schema = (fields: string): string =>
  `syntax = "proto3";\n\nmessage Order {\n  ${fields.split('\n').join('\n  ')}\n}`;

export const lab: CodecsLab = {
  kind: 'codecs',
  title: 'Schema evolution',
  question: 'Which changes to a Protobuf schema can old and new services live with side by side?',
  setup: { codecs: ['protobuf'] },
  steps: [
    {
      id: 'add',
      title: 'Add a field',
      says: 'Each row is a writer, each column a reader. The old version sets the coupon aside and passes it on unread; the new one finds a default where nothing was written. As JSON the same change fails: a strict reader refuses a name that it does not know.',
      input: {
        task: 'evolve',
        versions: [
          {
            name: 'v1',
            proto: schema('string sku = 1;\nint32 quantity = 2;'),
            json: '{ "sku": "NB-13", "quantity": 3 }',
          },
          {
            name: 'v2',
            proto: schema('string sku = 1;\nint32 quantity = 2;\nstring coupon = 3;'),
            json: '{ "sku": "NB-13", "quantity": 3, "coupon": "MAY" }',
          },
        ],
      },
      expects: [
        {
          what: 'v1 keeps the coupon of v2 as unknown and passes it on',
          holds: (output) => {
            const old = reading(output, 'v2', 'v1');
            return old?.verdict === 'unknown' && old.survivesPassing;
          },
        },
        {
          what: 'v2 reads a default where v1 wrote nothing',
          holds: (output) => reading(output, 'v1', 'v2')?.verdict === 'default',
        },
        {
          what: 'v1 refuses the JSON of v2, and v2 takes that of v1',
          holds: (output) =>
            reading(output, 'v2', 'v1')?.jsonRefused !== null &&
            reading(output, 'v1', 'v2')?.jsonRefused === null,
        },
      ],
    },
    {
      id: 'rename',
      title: 'Rename a field',
      says: 'The bytes know no names: nothing changes on the wire. In JSON the name is all there is, so a rename breaks whoever logs, stores or serves these messages as JSON.',
      input: {
        task: 'evolve',
        versions: [
          { name: 'v1', proto: schema('int32 quantity = 1;'), json: '{ "quantity": 3 }' },
          { name: 'v2', proto: schema('int32 pieces = 1;'), json: '{ "pieces": 3 }' },
        ],
      },
      expects: [
        {
          what: 'both read each other’s value under their own name',
          holds: (output) =>
            reading(output, 'v1', 'v2')?.reads === '{"pieces":3}' &&
            reading(output, 'v2', 'v1')?.reads === '{"quantity":3}',
        },
        {
          what: 'neither takes the JSON of the other',
          holds: (output) =>
            reading(output, 'v1', 'v2')?.jsonRefused !== null &&
            reading(output, 'v2', 'v1')?.jsonRefused !== null,
        },
      ],
    },
    {
      id: 'retype',
      title: 'Change a type',
      says: 'From int32 to int64 all is well, until a number comes back that 32 bits cannot hold: it is cut off without a word. To sint32, the same bytes mean another number. To string, the wire type differs, and the field is as good as missing.',
      input: {
        task: 'evolve',
        versions: [
          { name: 'int32', proto: schema('int32 stock = 1;'), json: '{ "stock": 5 }' },
          { name: 'int64', proto: schema('int64 stock = 1;'), json: '{ "stock": "4294967301" }' },
          { name: 'sint32', proto: schema('sint32 stock = 1;'), json: '{ "stock": 5 }' },
          { name: 'string', proto: schema('string stock = 1;'), json: '{ "stock": "5" }' },
        ],
      },
      expects: [
        {
          what: 'int64 reads what int32 wrote',
          holds: (output) => reading(output, 'int32', 'int64')?.verdict === 'same',
        },
        {
          what: 'int32 reads 5 where int64 wrote 2^32 + 5',
          holds: (output) => reading(output, 'int64', 'int32')?.reads === '{"stock":5}',
        },
        {
          what: 'sint32 reads −3 where int32 wrote 5',
          holds: (output) => reading(output, 'int32', 'sint32')?.reads === '{"stock":-3}',
        },
        {
          what: 'string and the numbers set each other’s field aside',
          holds: (output) =>
            ['int32', 'int64', 'sint32'].every(
              (name) =>
                reading(output, name, 'string')?.verdict === 'mismatch' &&
                reading(output, 'string', name)?.verdict === 'mismatch',
            ),
        },
      ],
    },
    {
      id: 'reuse',
      title: 'Reuse a number',
      says: 'The discount was removed, and its number later given to the priority. Both are int32, so to the bytes this is a rename: a discount of 15 per cent becomes priority 15, in every message that is still queued or stored, and nobody sees an error.',
      input: {
        task: 'evolve',
        versions: [
          {
            name: 'v1',
            proto: schema('string sku = 1;\nint32 discount_percent = 2;'),
            json: '{ "sku": "NB-13", "discount_percent": 15 }',
          },
          { name: 'v2', proto: schema('string sku = 1;'), json: '{ "sku": "NB-13" }' },
          {
            name: 'v3',
            proto: schema('string sku = 1;\nint32 priority = 2;'),
            json: '{ "sku": "NB-13", "priority": 1 }',
          },
        ],
      },
      expects: [
        {
          what: 'v3 reads the discount of v1 as its priority',
          holds: (output) => reading(output, 'v1', 'v3')?.reads === '{"sku":"NB-13","priority":15}',
        },
        {
          what: 'v2 passes the discount on to v3',
          holds: (output) => reading(output, 'v1', 'v2')?.survivesPassing === true,
        },
      ],
    },
    {
      id: 'reserve',
      title: 'Reserve what was removed',
      says: 'With the number and the name reserved, the same mistake does not get past the compiler. Take a number that was never used, and the schema does.',
      input: {
        task: 'evolve',
        versions: [
          {
            name: 'v3',
            proto: schema(
              'reserved 2;\nreserved "discount_percent";\nstring sku = 1;\nint32 priority = 2;',
            ),
            json: '{ "sku": "NB-13", "priority": 1 }',
          },
        ],
      },
      expects: [
        {
          what: 'the schema is refused, since 2 is reserved',
          holds: (output) =>
            output.task === 'refused' &&
            output.what === 'The schema of v3' &&
            output.message.includes('reserved'),
        },
      ],
    },
  ],
  differences: [
    'Protobuf-ES tells fields by their number alone; the parsers of C++, Java and Go look at the wire type too, and set a field of another type aside as unknown. The lab does that before it lets Protobuf-ES read, so that you see what those languages do.',
    'Protobuf-ES refuses JSON with a name that it does not know, as the JSON mapping requires; many parsers can be told to ignore it.',
    'The schema is read by the parser of protobufjs, without imports, custom options and editions; protoc checks more.',
    'What the compiler of your language makes of a rename or a new type, in names and types of the generated code, is not shown: a change that the bytes forgive may still not compile.',
  ],
};
