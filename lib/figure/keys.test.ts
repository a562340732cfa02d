import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Command, commandOf, type KeyTarget } from './keys';

const press = (key: string, modifiers: Partial<Parameters<typeof commandOf>[0]> = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...modifiers,
});

describe('a key', () => {
  it.each<[string, boolean, Command]>([
    [' ', false, 'toggle'],
    ['ArrowRight', false, 'next-event'],
    ['ArrowLeft', false, 'previous-event'],
    ['ArrowRight', true, 'forward'],
    ['ArrowLeft', true, 'back'],
    ['Home', false, 'start'],
    ['End', false, 'end'],
    ['r', false, 'reset'],
    ['R', true, 'reset'],
    ['+', true, 'faster'],
    ['=', false, 'faster'],
    ['-', false, 'slower'],
    ['?', true, 'help'],
  ])('"%s" (shift %s) on the frame means %s', (key, shiftKey, command) => {
    expect(commandOf(press(key, { shiftKey }), 'frame')).toBe(command);
  });

  it('with Ctrl, Alt or Meta is left to the browser', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(' ', 'ArrowLeft', 'Home', 'r', '+', '?'),
        fc.constantFrom('ctrlKey', 'altKey', 'metaKey'),
        fc.constantFrom<KeyTarget>('frame', 'scrubber', 'button', 'slider', 'text'),
        (key, modifier, target) => {
          expect(commandOf(press(key, { [modifier]: true }), target)).toBeNull();
        },
      ),
    );
  });

  it('in a field is the field’s', () => {
    for (const key of [' ', 'ArrowLeft', 'Home', 'r', '+', '?'])
      expect(commandOf(press(key), 'text')).toBeNull();
  });

  it('on a slider of a parameter moves that slider', () => {
    for (const key of ['ArrowLeft', 'ArrowRight', 'Home', 'End'])
      expect(commandOf(press(key), 'slider')).toBeNull();
    expect(commandOf(press(' '), 'slider')).toBe('toggle');
  });

  it('on the slider of time steps through events', () => {
    expect(commandOf(press('ArrowRight'), 'scrubber')).toBe('next-event');
    expect(commandOf(press('Home'), 'scrubber')).toBe('start');
  });

  it('Space on a button presses the button', () => {
    expect(commandOf(press(' '), 'button')).toBeNull();
    expect(commandOf(press('ArrowRight'), 'button')).toBe('next-event');
  });

  it('that is none of ours does nothing', () => {
    for (const key of ['Tab', 'Enter', 'Escape', 'a', 'ArrowUp', 'PageDown'])
      expect(commandOf(press(key), 'frame')).toBeNull();
  });
});
