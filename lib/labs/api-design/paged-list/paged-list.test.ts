import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { open } from '../../../engines/http/engine';
import type { HttpInput, HttpOutput } from '../../../engines/http/types';
import { readCursor, writeCursor } from './cursor';
import { EventStore } from './events';
import { lab } from './lab';

const position = fc.record({
  at: fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  id: fc.integer({ min: 1 }),
});

describe('a cursor', () => {
  test('[PL1] is read as what was written, and needs no quoting in an address', () => {
    fc.assert(
      fc.property(position, (place) => {
        const cursor = writeCursor(place);
        expect(readCursor(cursor)).toEqual(place);
        expect(encodeURIComponent(cursor)).toBe(cursor);
      }),
    );
  });

  test('[PL2] with one character changed is refused, or is the cursor of another row', () => {
    fc.assert(
      fc.property(position, fc.nat(), fc.constantFrom(...'Aaz09-_=+ %'), (place, at, character) => {
        const cursor = writeCursor(place);
        const index = at % cursor.length;
        const changed = cursor.slice(0, index) + character + cursor.slice(index + 1);
        const read = readCursor(changed);
        if (read !== null) expect(writeCursor(read)).toBe(changed);
      }),
    );
  });

  test.each(['', 'x', 'WzEsMiwzXQ', 'bnVsbA', writeCursor({ at: 'today', id: 1 })])(
    '[PL3] "%s" is refused',
    (text) => expect(readCursor(text)).toBeNull(),
  );
});

describe('pages by cursor', () => {
  const row = fc.record({ at: fc.constantFrom('a', 'b', 'c'), what: fc.constant('x') });

  test('[PL4] hold every row that is there throughout exactly once, whatever is inserted between', () => {
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 12 }),
        fc.array(row, { maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        (initial, inserted, limit) => {
          const store = new EventStore(initial.map((each, index) => ({ id: index + 1, ...each })));
          const seen: number[] = [];
          let page = store.after(null, limit);
          for (;;) {
            seen.push(...page.rows.map(({ id }) => id));
            const last = page.rows.at(-1);
            const next = inserted.pop();
            if (next) store.insert(next.what, next.at);
            if (!last) break;
            page = store.after(last, limit);
          }
          const throughout = seen.filter((id) => id <= initial.length);
          expect(throughout.sort((a, b) => a - b)).toEqual(initial.map((_, index) => index + 1));
        },
      ),
    );
  });
});

describe('the list on the wire', () => {
  async function ask(input: Partial<HttpInput>): Promise<HttpOutput> {
    const engine = await open(lab.setup, { addressOf: String, progress: () => undefined });
    return engine.run({ method: 'GET', target: '/events', headers: '', body: '', ...input });
  }

  test('[PL5] links lead through the whole list and end', async () => {
    const engine = await open(lab.setup, { addressOf: String, progress: () => undefined });
    const ids: string[] = [];
    let target: string | undefined = '/events?limit=3';
    while (target !== undefined) {
      const { response } = await engine.run({ method: 'GET', target, headers: '', body: '' });
      ids.push(...[...response.body.matchAll(/"id": (\d+)/g)].map(([, id]) => id ?? ''));
      target = /^Link: <(.*)>; rel="next"$/m.exec(response.head)?.[1];
    }
    expect(ids).toEqual(['48', '47', '46', '45', '44', '43', '42', '41']);
  });

  test('[PL6] another representation has another tag', async () => {
    const json = await ask({ headers: 'Accept: application/json' });
    const csv = await ask({ headers: 'Accept: text/csv' });
    const tagOf = ({ response }: HttpOutput) => /^ETag: (.*)$/m.exec(response.head)?.[1];
    expect(csv.response.body).toContain('46,2026-11-21T09:14:31.250Z,"role granted"\r\n');
    expect(tagOf(csv)).not.toBe(tagOf(json));
  });

  test.each([
    '/events?limit=0',
    '/events?limit=101',
    '/events?limit=x',
    '/events?limit=3&offset=-1',
    '/events?limit=3&cursor=x&offset=1',
  ])('[PL7] %s is refused, with the parameter that is wrong', async (target) => {
    const { response } = await ask({ target });
    expect(response.status).toBe(400);
    expect(JSON.parse(response.body).parameter).toMatch(/^(limit|offset|cursor)$/);
  });
});
