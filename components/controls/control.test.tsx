import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { createFakeClock } from '@/lib/figure/clock';
import { createFigure } from '@/lib/figure/figure';
import { FIXTURE, fixtureOutcome } from '@/lib/figure/fixture';
import { completeSpec } from '@/lib/figure/spec';
import { duration, type ParameterValue, type ScheduleParameter } from '@/lib/simulation/parameters';
import { Controls } from './control';
import './all';
import { keyEdit } from './schedule-control';

function panel(
  controls: readonly string[],
  changes: Readonly<Record<string, ParameterValue>> = {},
  description = FIXTURE,
) {
  const figure = createFigure({
    description,
    spec: completeSpec(description, 'race', { figure: 'fig', controls }),
    clock: createFakeClock(),
    run: () => Promise.resolve(fixtureOutcome()),
  });
  for (const [id, value] of Object.entries(changes)) figure.setParameter(id, value);
  return renderToStaticMarkup(<Controls figure={figure} />).replaceAll(/[\u00a0\u202f]/g, ' ');
}

const tag = (html: string, pattern: RegExp): string => pattern.exec(html)?.[0] ?? '';

describe('a control', () => {
  it('of a number is a slider that speaks its value with the unit, and a field', () => {
    const html = panel(['timeout']);
    const slider = tag(html, /<input[^>]*type="range"[^>]*>/);
    expect(slider).toContain('min="100"');
    expect(slider).toContain('max="5000"');
    expect(slider).toContain('step="100"');
    expect(slider).toContain('value="1000"');
    expect(slider).toContain('aria-valuetext="1 s"');
    const field = tag(html, /<input[^>]*id="fig-timeout-field"[^>]*>/);
    expect(field).toContain('value="1,000"');
    expect(field).toContain('aria-label="Timeout, in ms"');
  });

  it('on a logarithmic scale speaks the value and not its place', () => {
    const slider = tag(panel(['rate'], { rate: 10 }), /<input[^>]*type="range"[^>]*>/);
    expect(slider).toContain('value="120"');
    expect(slider).toContain('aria-valuetext="10 requests/s"');
  });

  it('says beside its field what a number stands for that is no amount', () => {
    const label = { label: 'Pause', describe: 'Between two of them.' };
    const pause = duration({ ...label, min: 0, zero: 'never', max: 900, step: 100, default: 0 });
    const paused = { ...FIXTURE, parameters: { ...FIXTURE.parameters, pause } };
    const html = panel(['pause'], { pause: 0 }, paused);
    const place = '<span class="fig-unit fig-fit" data-widest="never =">';
    expect(html).toContain(`${place}<span>never =</span></span>`);
    expect(tag(html, /<input[^>]*type="range"[^>]*>/)).toContain('aria-valuetext="never"');
    // Elsewhere its place is kept, and nothing is said.
    const elsewhere = panel(['pause'], { pause: 100 }, paused);
    expect(elsewhere).toContain(`${place}</span>`);
    expect(elsewhere).toContain('aria-valuetext="100 ms"');
  });

  it('carries a notch where the scenario opened', () => {
    const html = panel(['servers'], { servers: 8 });
    expect(tag(html, /<input[^>]*type="range"[^>]*>/)).toContain('value="8"');
    expect(html).toMatch(/<svg x="14.29%"[^>]*><rect class="fig-track-notch"/);
  });

  it('of a choice with few short options is a group of radio buttons', () => {
    const html = panel(['order'], { order: 'lifo' });
    expect(html).toContain('<legend class="fig-label">Order</legend>');
    const radios = [...html.matchAll(/<input[^>]*type="radio"[^>]*>/g)].map(([radio]) => radio);
    expect(radios.map((radio) => radio.includes('checked=""'))).toEqual([false, true]);
    expect(new Set(radios.map((radio) => tag(radio, /name="[^"]*"/)))).toEqual(
      new Set(['name="fig-order"']),
    );
  });

  it('of a switch has the role and state of one', () => {
    const off = tag(panel(['retries']), /<input[^>]*role="switch"[^>]*>/);
    expect(off).toContain('aria-checked="false"');
    const on = tag(panel(['retries'], { retries: true }), /<input[^>]*role="switch"[^>]*>/);
    expect(on).toContain('aria-checked="true"');
  });

  it('of a schedule has a handle and fields for each step', () => {
    const html = panel(['load']);
    const handles = [...html.matchAll(/<g role="slider"[^>]*>/g)].map(([handle]) => handle);
    expect(handles).toHaveLength(2);
    expect(handles[1]).toContain('aria-valuetext="20 requests/s from 4 s"');
    expect(handles[1]).toContain('tabindex="0"');
    expect([...html.matchAll(/aria-label="(Step[^"]*, in[^"]*)"/g)].map((m) => m[1])).toEqual([
      'Step 1, Load, in requests/s',
      'Step 2, time, in s',
      'Step 2, Load, in requests/s',
    ]);
    // The first step holds from 0 on and cannot go.
    expect(html.match(/aria-label="Remove step/g)).toHaveLength(1);
  });

  it('is there for each parameter named, in that order, and for no other', () => {
    const html = panel(['servers', 'rate']);
    expect([...html.matchAll(/id="fig-(\w+)-slider"/g)].map((match) => match[1])).toEqual([
      'servers',
      'rate',
    ]);
    expect(panel([])).toBe('');
  });
});

describe('a key on a step of a schedule', () => {
  const parameter = FIXTURE.parameters.load as ScheduleParameter;
  const value = parameter.default;
  const edited = (key: string, index: number) =>
    keyEdit(key, { index, parameter, value })?.(value) ?? null;

  it.each([
    ['ArrowUp', { atMs: 4000, value: 21 }],
    ['ArrowDown', { atMs: 4000, value: 19 }],
    ['PageUp', { atMs: 4000, value: 25 }],
    ['PageDown', { atMs: 4000, value: 15 }],
    ['Home', { atMs: 4000, value: 0 }],
    ['End', { atMs: 4000, value: 50 }],
    ['ArrowRight', { atMs: 4100, value: 20 }],
    ['ArrowLeft', { atMs: 3900, value: 20 }],
  ])('%s changes that step alone', (key, step) => {
    expect(edited(key, 1)).toEqual([value[0], step]);
  });

  it('Delete takes it away, but never the first', () => {
    expect(edited('Delete', 1)).toEqual([value[0]]);
    expect(edited('Delete', 0)).toEqual(value);
  });

  it('of another meaning is left alone', () => {
    expect(edited('Tab', 1)).toBeNull();
    expect(edited('ArrowUp', 7)).toBeNull();
  });
});
