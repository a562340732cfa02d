import { describe, expect, it } from 'vitest';
import { FIXTURE } from '@/lib/figure/fixture';
import { misfit, type Parameter } from '@/lib/simulation/parameters';
import { asDeclared, fromNowOn, liveParameters, valueNow } from './live';

const parameterOf = (id: string): Parameter =>
  FIXTURE.parameters[id] ?? expect.fail(`no parameter ${id}`);

describe('a parameter from now on', () => {
  it('is offered only if it is declared live', () => {
    expect(liveParameters(FIXTURE)).toEqual(['rate']);
  });

  it('has its own control, and a schedule that of the one value it is held at', () => {
    expect(fromNowOn(parameterOf('order'))).toBe(parameterOf('order'));
    expect(fromNowOn(parameterOf('load'))).toMatchObject({
      kind: 'quantity',
      unit: 'requests/s',
      min: 0,
      max: 50,
    });
  });

  it('begins at the value that holds at the moment', () => {
    const { default: schedule } = parameterOf('load');
    expect(valueNow(schedule, 3999)).toBe(5);
    expect(valueNow(schedule, 4000)).toBe(20);
    expect(valueNow('fifo', 4000)).toBe('fifo');
  });

  it('takes what its control can give, put on its grid, and nothing else', () => {
    for (const parameter of Object.values(FIXTURE.parameters)) {
      const value = asDeclared(parameter, valueNow(parameter.default, 0));
      expect(value).not.toBeNull();
      expect(misfit(parameter, value)).toBeNull();
    }
    expect(asDeclared(parameterOf('load'), 19.7)).toEqual([{ atMs: 0, value: 20 }]);
    expect(asDeclared(parameterOf('rate'), 1e9)).toBe(100);
    expect(asDeclared(parameterOf('order'), 'random')).toBeNull();
    expect(asDeclared(parameterOf('retries'), 'yes')).toBeNull();
  });
});
