import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statementsOf, wordsOf } from './statements';

const split = (text: string): string[] =>
  statementsOf(text).map(({ from, to }) => text.slice(from, to));

describe('a text is divided into statements as psql does', () => {
  it.each([
    ['', []],
    [' ;; -- nothing\n/* at all */', []],
    ['SELECT 1', ['SELECT 1']],
    ['SELECT 1;\n-- then\nSELECT 2 ; ', ['SELECT 1', 'SELECT 2']],
    ["SELECT ';' ; SELECT 'it''s; one'", ["SELECT ';'", "SELECT 'it''s; one'"]],
    ["SELECT E'a\\';b'; SELECT 2", ["SELECT E'a\\';b'", 'SELECT 2']],
    // Without the E a backslash is a backslash.
    ["SELECT 'a\\'; SELECT 2", ["SELECT 'a\\'", 'SELECT 2']],
    // The e of a name begins no string with backslashes.
    ["SELECT date'2026-01-01\\'; SELECT 2", ["SELECT date'2026-01-01\\'", 'SELECT 2']],
    ['SELECT "a;b"; SELECT 2', ['SELECT "a;b"', 'SELECT 2']],
    ['DO $$ BEGIN; END $$; SELECT 2', ['DO $$ BEGIN; END $$', 'SELECT 2']],
    ['DO $x$ ; $$ ; $x$; SELECT 2', ['DO $x$ ; $$ ; $x$', 'SELECT 2']],
    // A dollar within a name begins nothing.
    ['SELECT a$b$ FROM t; SELECT 2', ['SELECT a$b$ FROM t', 'SELECT 2']],
    ['SELECT 1 /* ; /* ; */ ; */ + 1; SELECT 2', ['SELECT 1 /* ; /* ; */ ; */ + 1', 'SELECT 2']],
    ['SELECT 1 -- ; one\n + 1; SELECT 2', ['SELECT 1 -- ; one\n + 1', 'SELECT 2']],
    [
      'CREATE RULE r AS ON UPDATE TO t DO (SELECT 1; SELECT 2); SELECT 3',
      ['CREATE RULE r AS ON UPDATE TO t DO (SELECT 1; SELECT 2)', 'SELECT 3'],
    ],
    [
      'CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END; SELECT 3',
      [
        'CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END',
        'SELECT 3',
      ],
    ],
    ['BEGIN; SELECT 1; END; SELECT 2', ['BEGIN', 'SELECT 1', 'END', 'SELECT 2']],
    // What is not closed reaches to the end, where PostgreSQL says so.
    ["SELECT 'a; SELECT 2", ["SELECT 'a; SELECT 2"]],
    ['SELECT $$a; SELECT 2', ['SELECT $$a; SELECT 2']],
    ['SELECT 1 /* a; SELECT 2', ['SELECT 1']],
  ])('%j', (text, statements) => {
    expect(split(text)).toEqual(statements);
  });

  it('loses no text but gaps and semicolons, and never comes to a halt', () => {
    const piece = fc.constantFrom(
      ...[
        "'",
        '"',
        '$',
        '$$',
        '$a$',
        ';',
        '--',
        '\n',
        '/*',
        '*/',
        '(',
        ')',
        'E',
        'end',
        '\\',
        '😀',
        ' ',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const spans = statementsOf(text);
        let before = 0;
        for (const { from, to } of spans) {
          expect(from).toBeGreaterThanOrEqual(before);
          expect(to).toBeGreaterThan(from);
          expect(text.slice(before, from)).toMatch(/^(?:\s|;|--|\/\*)*/);
          before = to;
        }
        // What was found as one statement is one, unless a comment at its end swallows the rest.
        for (const { from, to } of spans)
          expect(statementsOf(text.slice(from, to))).toEqual([{ from: 0, to: to - from }]);
      }),
    );
  });
});

it.each([
  ['COPY "from" (a, b) FROM -- so\n STDIN', 'copy from stdin'],
  [`COPY (SELECT 'rows from stdin') TO STDOUT`, 'copy to stdout'],
  ['/* copy */ SELECT $$ from $$, ((a) b), c', 'select c'],
])('the words of %j outside of parentheses are %j', (statement, words) => {
  expect(wordsOf(statement).join(' ')).toBe(words);
});
