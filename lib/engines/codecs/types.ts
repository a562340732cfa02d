/**
 * Codecs: what one object becomes in several of them, byte by byte, and what the readers of other
 * versions of a Protobuf schema make of it. The codecs are libraries as services use them.
 */
import type { Lab } from '../lab';

export type CodecId = 'json' | 'protobuf' | 'messagepack' | 'cbor';

export interface CodecsSetup {
  /** What an object is put through, in this order; without repetition. */
  readonly codecs: readonly CodecId[];
}

export type CodecsInput = CompareInput | EvolveInput;

/** One object through every codec. */
export interface CompareInput {
  readonly task: 'compare';
  /** The object, as JSON. */
  readonly json: string;
  /** A .proto file; its first message is what the object is to Protobuf. */
  readonly proto: string;
  /** Whether the speed is measured as well, which takes some seconds. */
  readonly isTimed: boolean;
}

/** What each version writes, read by each version. */
export interface EvolveInput {
  readonly task: 'evolve';
  readonly versions: readonly SchemaVersion[];
}

export interface SchemaVersion {
  /** A few words: "v2: adds a field". */
  readonly name: string;
  /** A .proto file; its first message is what is sent. */
  readonly proto: string;
  /** What this version writes, as JSON. */
  readonly json: string;
}

export type CodecsOutput = ComparedOutput | EvolvedOutput | RefusedOutput;

/** Nothing could be done with the input as a whole. */
interface RefusedOutput {
  readonly task: 'refused';
  /** What is at fault: "The object", "The schema of v2". */
  readonly what: string;
  readonly message: string;
}

export interface ComparedOutput {
  readonly task: 'compared';
  readonly codecs: readonly CodecOutcome[];
}

export type CodecOutcome = EncodedOutcome | { readonly id: CodecId; readonly refused: string };

/** Bytes with what they mean, as many as can be looked at. */
export interface Shown {
  /** The first bytes, in order and without gaps. */
  readonly parts: readonly Part[];
  /** How many bytes come after those of `parts`. */
  readonly bytesHidden: number;
}

export interface EncodedOutcome extends Shown {
  readonly id: CodecId;
  readonly refused: null;
  readonly bytes: number;
  /** After gzip, with its header of 10 bytes and trailer of 8; as the browser or Node compresses. */
  readonly gzipBytes: number;
  /** Bytes by what they are for; their sum is `bytes`. */
  readonly bytesBy: Readonly<Record<Role, number>>;
  /** Where what comes back is not what went in, a few sentences; empty if it is the same. */
  readonly differences: readonly string[];
  readonly speed: Speed | null;
}

/**
 * What a byte is for. A byte that says a type and with it a length or a small value is a `tag`, unless
 * it is the whole value, as small integers are in MessagePack and CBOR.
 */
export type Role = 'tag' | 'length' | 'name' | 'value' | 'mark';

export interface Part {
  readonly role: Role;
  /** The bytes, two digits each. */
  readonly hex: string;
  /** What they mean, without a full stop. */
  readonly says: string;
  /** In how many objects, arrays or messages it lies. */
  readonly depth: number;
}

interface Speed {
  readonly encode: Spread;
  readonly decode: Spread;
}

/** Microseconds for one operation, over the rounds. */
export interface Spread {
  readonly lowerQuartileUs: number;
  readonly medianUs: number;
  readonly upperQuartileUs: number;
  readonly rounds: number;
  readonly operationsPerRound: number;
}

export interface EvolvedOutput {
  readonly task: 'evolved';
  readonly versions: readonly WrittenVersion[];
  /** By writer, then by reader, in the order of the versions. */
  readonly readings: readonly Reading[];
}

/** What a version writes. */
interface WrittenVersion extends Shown {
  readonly name: string;
  readonly bytes: number;
}

/** What one version makes of the bytes of another. */
export interface Reading {
  /** Index of the version that wrote. */
  readonly writer: number;
  /** Index of the version that reads. */
  readonly reader: number;
  /** What the reader has then, as ProtoJSON; null if it refused the bytes. */
  readonly reads: string | null;
  /** Why it refused the bytes, in the library's words; null if it took them. */
  readonly refused: string | null;
  /** The worst of the fates; `refused` if there is no message. */
  readonly verdict: Fate | 'refused';
  readonly fields: readonly FieldReading[];
  /** The writer reads what this reader writes again, and has what it wrote. */
  readonly survivesPassing: boolean;
  /** Why the reader refuses the writer's ProtoJSON, which it might get instead; null if it takes it. */
  readonly jsonRefused: string | null;
}

/** From harmless to harmful. */
export const FATES = ['same', 'renamed', 'default', 'unknown', 'mismatch', 'changed'] as const;

/**
 * What becomes of a field.
 * - `same`: number, name and value.
 * - `renamed`: the value under another name; the bytes know no names, so nobody notices.
 * - `default`: the reader has the field, the bytes do not.
 * - `unknown`: the bytes have the field, the reader does not; it is set aside and passed on.
 * - `mismatch`: the reader expects another wire type; it is set aside as if unknown.
 * - `changed`: the reader has another value, and no error.
 */
export type Fate = (typeof FATES)[number];

export interface FieldReading {
  readonly number: number;
  /** As the writer declares it: "int32 quantity"; null if it does not. */
  readonly written: string | null;
  /** As the reader declares it; null if it does not. */
  readonly read: string | null;
  /** What was written; null if nothing. */
  readonly writtenValue: string | null;
  /** What the reader has; null if nothing. */
  readonly readValue: string | null;
  readonly fate: Fate;
}

export interface CodecsAbout {
  readonly codecs: readonly {
    readonly id: CodecId;
    /** "MessagePack". */
    readonly name: string;
    /** "@msgpack/msgpack 3.1.3". */
    readonly library: string;
  }[];
}

export type CodecsLab = Lab<'codecs', CodecsSetup, CodecsInput, CodecsOutput>;
