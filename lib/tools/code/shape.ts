/**
 * The types of a model's interface, as data: what the reader's model is held to while it runs, since
 * its types are stripped before it does. Read off the sources when the site is built
 * (lib/content/model-interface.ts).
 */

export type Shape =
  /** What nothing is asked of: a type that is too clever to be read, or `void`. */
  | { readonly kind: 'any' }
  | { readonly kind: 'number' | 'string' | 'boolean' | 'undefined' | 'null' }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'object'; readonly members: Readonly<Record<string, Member>> }
  | { readonly kind: 'function'; readonly returns: Shape }
  | { readonly kind: 'union'; readonly of: readonly Shape[] }
  /** A type by its name in `Interface.types`. */
  | { readonly kind: 'named'; readonly name: string };

export interface Member {
  readonly shape: Shape;
  readonly optional: boolean;
}

/** What the export of a model is, with the types that it names. */
export interface Interface {
  readonly model: Shape;
  readonly types: Readonly<Record<string, Shape>>;
}

type Callable = (...inputs: unknown[]) => unknown;

/** What the reader's model gave is not what its interface says. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/**
 * The value, held to its shape: at once as far as it is data, and at each call where it is a function.
 * Objects with functions are wrapped; what is called on the wrapper is called on the object itself.
 *
 * @param where what the value is, for messages: "tokenBucket"
 * @throws ShapeError saying what was expected and what came
 */
export function hold(value: unknown, model: Interface, where: string): unknown {
  const { types } = model;
  const callable = new Map<Shape, boolean>();

  /**
   * Elements of lists that were found to fit. A model that shows all of its pages or slots does so at
   * every step: what it has shown before is not gone through again.
   */
  const fitting = new WeakMap<Shape, WeakSet<object>>();
  const isKnown = (shape: Shape, each: unknown): boolean =>
    typeof each === 'object' && each !== null && fitting.get(shape)?.has(each) === true;
  const know = (shape: Shape, each: unknown): void => {
    if (typeof each !== 'object' || each === null) return;
    const known = fitting.get(shape) ?? new WeakSet();
    fitting.set(shape, known.add(each));
  };

  const resolve = (shape: Shape): Shape =>
    shape.kind === 'named' ? resolve(types[shape.name] ?? { kind: 'any' }) : shape;

  /** Whether a value of this shape holds functions, and so has to be wrapped. */
  const isCallable = (shape: Shape): boolean => {
    const known = callable.get(shape);
    if (known !== undefined) return known;
    // A type that names itself is as callable as the rest of it.
    callable.set(shape, false);
    const found = partsOf(shape).some(isCallable) || shape.kind === 'function';
    callable.set(shape, found);
    return found;
  };
  const partsOf = (shape: Shape): readonly Shape[] => {
    switch (shape.kind) {
      case 'named':
        return [resolve(shape)];
      case 'union':
        return shape.of;
      case 'list':
        return [shape.of];
      case 'object':
        return Object.values(shape.members).map((member) => member.shape);
      default:
        return [];
    }
  };

  /**
   * Why the value is not of this shape, said of `path`; null if it is.
   *
   * @param told the shape under the name that it is known by
   */
  const misfit = (shape: Shape, given: unknown, path: string, told = shape): string | null => {
    switch (shape.kind) {
      case 'any':
        return null;
      case 'named':
        return misfit(resolve(shape), given, path, told);
      case 'number':
        // Infinity is an answer ("never"); NaN is a mistake of the arithmetic before it.
        return typeof given === 'number' && !Number.isNaN(given) ? null : says(told, given, path);
      case 'string':
        return typeof given === 'string' ? null : says(told, given, path);
      case 'boolean':
        return typeof given === 'boolean' ? null : says(told, given, path);
      case 'function':
        return typeof given === 'function' ? null : says(told, given, path);
      case 'undefined':
        return given === undefined ? null : says(told, given, path);
      case 'null':
        return given === null ? null : says(told, given, path);
      case 'literal':
        return given === shape.value ? null : says(told, given, path);
      case 'list': {
        if (!Array.isArray(given)) return says(told, given, path);
        for (let index = 0; index < given.length; index++) {
          const each: unknown = given[index];
          if (isKnown(shape.of, each)) continue;
          const why = misfit(shape.of, each, `${path}[${index}]`);
          if (why !== null) return why;
          know(shape.of, each);
        }
        return null;
      }
      case 'object': {
        if (typeof given !== 'object' || given === null) return says(told, given, path);
        for (const [name, member] of Object.entries(shape.members)) {
          const part = (given as Readonly<Record<string, unknown>>)[name];
          if (part === undefined && member.optional) continue;
          const why = misfit(member.shape, part, `${path}.${name}`);
          if (why !== null) return why;
        }
        return null;
      }
      case 'union': {
        let why: string | null = null;
        for (const option of shape.of) {
          const one = misfit(option, given, path);
          if (one === null) return null;
          // Of the alternatives, that which the value itself says it is tells best what is missing.
          if (isMeant(option, given)) why ??= one;
        }
        return why ?? says(told, given, path);
      }
      default:
        return shape satisfies never;
    }
  };

  /** Whether an object has the literals by which this alternative is told from the others. */
  const isMeant = (shape: Shape, given: unknown): boolean => {
    const option = resolve(shape);
    if (option.kind !== 'object' || typeof given !== 'object' || given === null) return false;
    const literals = Object.entries(option.members).flatMap(([name, member]) => {
      const part = resolve(member.shape);
      return part.kind === 'literal' ? [[name, part.value] as const] : [];
    });
    return (
      literals.length > 0 &&
      literals.every(
        ([name, literal]) => (given as Readonly<Record<string, unknown>>)[name] === literal,
      )
    );
  };

  const says = (shape: Shape, given: unknown, path: string): string =>
    `${path} should ${path.endsWith(')') ? 'return' : 'be'} ${print(shape, types)}, got ${printValue(given)}`;

  const wrap = (shape: Shape, given: unknown, path: string): unknown => {
    const why = misfit(shape, given, path);
    if (why !== null) throw new ShapeError(`${why}.`);
    return isCallable(shape) ? wrapped(shape, given, path) : given;
  };

  const wrapped = (shape: Shape, given: unknown, path: string): unknown => {
    switch (shape.kind) {
      case 'named':
        return wrapped(resolve(shape), given, path);
      case 'union': {
        const option = shape.of.find((each) => misfit(each, given, path) === null);
        return option && isCallable(option) ? wrapped(option, given, path) : given;
      }
      case 'function':
        return typeof given === 'function'
          ? call(shape.returns, given as Callable, null, path)
          : given;
      case 'list':
        return Array.isArray(given)
          ? given.map((each, index) => wrap(shape.of, each, `${path}[${index}]`))
          : given;
      case 'object':
        return typeof given === 'object' && given !== null
          ? facade(shape.members, given, path)
          : given;
      default:
        return given;
    }
  };

  /** @param self the object that the function is a member of; null if it stands by itself */
  const call =
    (returns: Shape, given: Callable, self: object | null, path: string) =>
    (...inputs: unknown[]): unknown =>
      wrap(returns, Reflect.apply(given, self, inputs), `${path}()`);

  /** Inherits from the object, so that what its interface does not name is there as well. */
  const facade = (
    members: Readonly<Record<string, Member>>,
    given: object,
    path: string,
  ): object => {
    const front = Object.create(given) as object;
    const source = given as Readonly<Record<string, unknown>>;
    for (const [name, { shape, optional }] of Object.entries(members)) {
      const part = source[name];
      if (part === undefined && optional) continue;
      const inner = resolve(shape);
      if (inner.kind === 'function' && typeof part === 'function') {
        Object.defineProperty(front, name, {
          value: call(inner.returns, part as Callable, given, name),
          enumerable: true,
        });
      } else {
        // Read anew at each use: it may change as the model works.
        const get = (): unknown => wrap(shape, source[name], `${path}.${name}`);
        Object.defineProperty(front, name, { get, enumerable: true });
      }
    }
    return front;
  };

  return wrap(model.model, value, where);
}

/** A shape in words, as short as they may be. */
function print(shape: Shape, types: Interface['types'], depth = 0): string {
  switch (shape.kind) {
    case 'any':
      return 'anything';
    case 'number':
    case 'string':
    case 'boolean':
      return `a ${shape.kind}`;
    case 'undefined':
    case 'null':
      return shape.kind;
    case 'literal':
      return JSON.stringify(shape.value);
    case 'list':
      return 'an array';
    case 'function':
      return 'a function';
    case 'named': {
      const inner = types[shape.name];
      const article = /^[AEIOU]/.test(shape.name) ? 'an' : 'a';
      return inner && depth === 0
        ? `${article} ${shape.name}: ${print(inner, types, 1)}`
        : `${article} ${shape.name}`;
    }
    case 'object': {
      const members = Object.entries(shape.members).map(
        ([name, { shape: part, optional }]) =>
          `${name}${optional ? '?' : ''}: ${print(part, types, depth + 1).replace(/^an? /, '')}`,
      );
      return `{ ${members.join(', ')} }`;
    }
    case 'union': {
      const options = shape.of.map((option) => print(option, types, depth + 1));
      return [...new Set(options)].join(' or ');
    }
    default:
      return shape satisfies never;
  }
}

const PRINTED_MAX = 80;

function printValue(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (Number.isNaN(value)) return 'NaN, which is not a number';
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' ? short(JSON.stringify(value)) : String(value);
  }
  if (Array.isArray(value)) return `an array of ${value.length}`;
  const members = Object.entries(value).map(
    ([name, part]) =>
      `${name}: ${typeof part === 'object' && part !== null ? '…' : printValue(part)}`,
  );
  return short(members.length === 0 ? 'an empty object' : `{ ${members.join(', ')} }`);
}

const short = (text: string): string =>
  text.length > PRINTED_MAX ? `${text.slice(0, PRINTED_MAX)}…` : text;
