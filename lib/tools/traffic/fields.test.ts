import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blankFields, DELIMITERS, delimitedField, delimitedFields, LineError } from './fields';

describe('fields between blanks', () => {
  test('quoted and bracketed fields hold blanks', () => {
    expect(blankFields('a  "b c" [d e] "" f')).toEqual(['a', 'b c', '[d e]', '', 'f']);
  });

  test('a backslash takes the next mark as it is', () => {
    expect(blankFields(String.raw`"say \"hello\"" "back\\" x`)).toEqual([
      'say "hello"',
      'back\\',
      'x',
    ]);
  });

  test('a mark that is not closed is said', () => {
    expect(() => blankFields('a "b')).toThrow(LineError);
    expect(() => blankFields('a [b')).toThrow(/closing bracket/);
  });

  test('any fields, written and read', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (fields) => {
        const written = fields.map((field) => `"${field.replace(/["\\]/g, '\\$&')}"`).join(' ');
        expect(blankFields(written)).toEqual(fields);
      }),
    );
  });
});

describe('fields between delimiters', () => {
  test.each([
    // RFC 4180, section 2, rules 5 to 7.
    ['"aaa","bbb","ccc"', ['aaa', 'bbb', 'ccc']],
    ['"aaa","b\r\nbb","ccc"', ['aaa', 'b\r\nbb', 'ccc']],
    ['"aaa","b""bb","ccc"', ['aaa', 'b"bb', 'ccc']],
    ['zzz,yyy,xxx', ['zzz', 'yyy', 'xxx']],
    [',,', ['', '', '']],
    ['a,""', ['a', '']],
    ['a,"b",', ['a', 'b', '']],
  ])('%j', (record, expected) => {
    expect(delimitedFields(record, ',')).toEqual(expected);
  });

  test('a field that is not closed goes on in the next line', () => {
    expect(delimitedFields('a,"b', ',')).toBeNull();
    expect(delimitedFields('a,"b""', ',')).toBeNull();
  });

  test('nothing may follow a closed field but a delimiter', () => {
    expect(() => delimitedFields('a,"b"c,d', ',')).toThrow(/a delimiter after a closing/);
  });

  test('any fields, with any delimiter, written and read', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', ' ', '|', '\t', 'ü') }),
          {
            minLength: 1,
          },
        ),
        fc.constantFrom(...DELIMITERS.filter((delimiter) => delimiter !== ' ')),
        (fields, delimiter) => {
          const record = fields.map((field) => delimitedField(field, delimiter)).join(delimiter);
          expect(delimitedFields(record, delimiter)).toEqual(fields);
        },
      ),
    );
  });
});
