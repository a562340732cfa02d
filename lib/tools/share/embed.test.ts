import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIXTURE } from '@/lib/figure/fixture';
import { completeSpec } from '@/lib/figure/spec';
import { embedChoices, embedPath, heightMessage, themeIn } from './embed';
import { embedCode, embedQuery } from './embed-code';

const { scenarios } = FIXTURE;
const calm = scenarios.calm ?? expect.fail('no scenario');
const spec = completeSpec(FIXTURE, 'calm');
const KNOWN = {
  controls: Object.keys(FIXTURE.parameters),
  views: Object.keys(FIXTURE.views),
  variants: Object.keys(FIXTURE.variants),
  measures: ['share', 'latency.p99'],
};

describe('the query of an embed', () => {
  it('is empty for a figure as its scenario has it', () => {
    expect(embedQuery({ figure: 'a-b', text: null, theme: 'system', spec }, calm)).toBe('');
    expect(embedChoices('', KNOWN)).toEqual({});
  });

  it('brings back what a guide shows otherwise, beside state and theme', () => {
    const other = { ...spec, views: ['log'], controls: [] };
    const query = embedQuery(
      { figure: 'a-b', text: '1.1;rate:40;t:1250', theme: 'dark', spec: other },
      calm,
    );
    expect(query).toBe('?a-b=1.1;rate:40;t:1250&controls=&views=log&theme=dark');
    expect(embedChoices(query, KNOWN)).toEqual({ controls: [], views: ['log'] });
  });

  it('gives nothing that there is none of, and never a figure without view or variant', () => {
    expect(embedChoices('?views=gone,log,admitted&variants=gone&controls=gone', KNOWN)).toEqual({
      views: ['log', 'admitted'],
      controls: [],
    });
    fc.assert(
      fc.property(fc.string(), fc.string(), (views, rest) => {
        const chosen = embedChoices(`?views=${views}&${rest}`, KNOWN);
        for (const [list, ids] of Object.entries(chosen))
          for (const id of ids) expect(KNOWN[list as keyof typeof KNOWN]).toContain(id);
        expect(chosen.views).not.toEqual([]);
        expect(chosen.variants).not.toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('messages', () => {
  it('say a height in whole px, which never cuts off the last line', () => {
    expect(heightMessage(640.2)).toEqual({ steadyState: 'height', heightPx: 641 });
  });

  it('are heeded if they are ours and name a theme', () => {
    expect(themeIn({ steadyState: 'theme', theme: 'dark' })).toBe('dark');
    expect(themeIn({ steadyState: 'theme', theme: 'system' })).toBe('system');
    for (const other of [
      null,
      'dark',
      { theme: 'dark' },
      { steadyState: 'height', theme: 'dark' },
      { steadyState: 'theme', theme: 'url(x)' },
      { steadyState: 'theme' },
    ])
      expect(themeIn(other)).toBeNull();
  });
});

describe('the code of an embed', () => {
  const code = embedCode({
    address: `https://example.org/handbook${embedPath('queue', 'rush')}?figure=1.1;t:5&theme=dark`,
    title: 'Queue: "rush" <now>',
    heightPx: 700.4,
  });

  it('names the address, the title and a height, none of which breaks out', () => {
    expect(code).toContain(
      'src="https://example.org/handbook/embed/queue/rush/?figure=1.1;t:5&#38;theme=dark"',
    );
    expect(code).toContain('title="Queue: &#34;rush&#34; &#60;now&#62;"');
    expect(code).toContain('height: 701px');
  });

  it('listens to its own frame and origin alone', () => {
    const script = /<script>([\s\S]*)<\/script>/.exec(code)?.[1] ?? '';
    const inFrame = {};
    const frame = { contentWindow: inFrame, style: { height: '' } };
    const other = { contentWindow: {}, style: { height: '' } };
    let listener: (event: unknown) => void = () => undefined;
    new Function('addEventListener', 'document', script)(
      (_type: string, heard: typeof listener) => {
        listener = heard;
      },
      { querySelectorAll: () => [frame, other] },
    );
    const data = heightMessage(900);
    listener({ origin: 'https://evil.example', source: inFrame, data });
    listener({ origin: 'https://example.org', source: inFrame, data: null });
    listener({ origin: 'https://example.org', source: inFrame, data: { heightPx: 5 } });
    expect(frame.style.height).toBe('');
    listener({ origin: 'https://example.org', source: inFrame, data });
    expect(frame.style.height).toBe('900px');
    expect(other.style.height).toBe('');
  });
});
