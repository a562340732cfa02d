/** Codecs: objects and schemas as they are written, bytes as they are meant. */
import type { CSSProperties, ReactNode } from 'react';
import type {
  CodecOutcome,
  CodecsAbout,
  CodecsInput,
  CodecsOutput,
  ComparedOutput,
  EncodedOutcome,
  Spread,
} from '@/lib/engines/codecs/types';
import { grouped } from '@/lib/kernel/grouped';
import type { AskedProps, ExchangeProps, StillKind } from '../kind';
import { Hex, Key, Meanings, ROLES } from './bytes';
import { Evolved } from './matrix';

type Props = ExchangeProps<CodecsInput, CodecsOutput, CodecsAbout>;

export const still: StillKind<CodecsInput, CodecsOutput, CodecsAbout> = { Asked, Exchange };

function Asked({ input }: AskedProps<CodecsInput, CodecsAbout>): ReactNode {
  if (input.task === 'evolve')
    return (
      <div className="cd-asked">
        {input.versions.map(({ name, proto, json }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may have one name while it is typed.
          <div key={at}>
            <p className="cd-label">{name}</p>
            <pre className="lab-code cd-text">{proto}</pre>
            <pre className="lab-code cd-text">{json}</pre>
          </div>
        ))}
      </div>
    );
  return (
    <div className="cd-asked">
      <div>
        <p className="cd-label">The object, as JSON</p>
        <pre className="lab-code cd-text">{input.json}</pre>
      </div>
      <div>
        <p className="cd-label">Its schema, for Protobuf</p>
        <pre className="lab-code cd-text">{input.proto}</pre>
      </div>
    </div>
  );
}

function Exchange({ id, output, about }: Props): ReactNode {
  switch (output.task) {
    case 'refused':
      return <Refusal what={output.what} message={output.message} />;
    case 'compared':
      return <Compared output={output} about={about} />;
    case 'evolved':
      return <Evolved id={id} output={output} />;
    default:
      return output satisfies never;
  }
}

function Refusal({
  what,
  message,
}: {
  readonly what: string;
  readonly message: string;
}): ReactNode {
  return (
    <p className="cd-refused">
      {what} was refused: <q>{message}</q>
    </p>
  );
}

const isEncoded = (outcome: CodecOutcome): outcome is EncodedOutcome => outcome.refused === null;

function Compared({
  output: { codecs },
  about,
}: {
  readonly output: ComparedOutput;
  readonly about: CodecsAbout;
}): ReactNode {
  const nameOf = (id: string): string => about.codecs.find((codec) => codec.id === id)?.name ?? id;
  const encoded = codecs.filter(isEncoded);
  const longest = Math.max(1, ...encoded.map(({ bytes }) => bytes));
  const isTimed = encoded.some(({ speed }) => speed !== null);
  return (
    <>
      <table className="cd-table">
        <caption className="sr-only">Bytes by codec</caption>
        <thead>
          <tr>
            <th scope="col">Codec</th>
            <th scope="col">Bytes</th>
            <th scope="col">After gzip</th>
            <th scope="col" className="cd-wide">
              What they are for
            </th>
          </tr>
        </thead>
        <tbody>
          {codecs.map((outcome) => (
            <tr key={outcome.id}>
              <th scope="row">{nameOf(outcome.id)}</th>
              {isEncoded(outcome) ? (
                <>
                  <td>{outcome.bytes}</td>
                  <td>{outcome.gzipBytes}</td>
                  <td className="cd-wide">
                    <Bar outcome={outcome} longest={longest} />
                  </td>
                </>
              ) : (
                <td colSpan={3} className="cd-words">
                  <Refusal what="The object" message={outcome.refused} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <Key roles={ROLES.filter(({ role }) => encoded.some(({ bytesBy }) => bytesBy[role] > 0))} />
      {isTimed && <Speeds outcomes={encoded} nameOf={nameOf} />}
      {encoded.map((outcome) => (
        <details key={outcome.id} className="fig-details" open={outcome.id === 'protobuf'}>
          <summary>
            {nameOf(outcome.id)}, byte by byte
            {outcome.differences.length > 0 && ', and what does not come back'}
          </summary>
          {outcome.differences.map((difference) => (
            <p key={difference} className="cd-difference">
              {difference}.
            </p>
          ))}
          <Hex shown={outcome} />
          <Meanings parts={outcome.parts} />
        </details>
      ))}
    </>
  );
}

/** The bytes of a codec as a line, as long as they are against the longest. */
function Bar({
  outcome: { bytes, bytesBy },
  longest,
}: {
  readonly outcome: EncodedOutcome;
  readonly longest: number;
}): ReactNode {
  const parts = ROLES.filter(({ role }) => bytesBy[role] > 0);
  return (
    <span
      className="cd-bar"
      role="img"
      aria-label={parts.map(({ role, name }) => `${name} ${bytesBy[role]}`).join(', ')}
      style={{ '--share': bytes / longest } as CSSProperties}
    >
      {parts.map(({ role }) => (
        <i key={role} data-role={role} style={{ flexGrow: bytesBy[role] }} />
      ))}
    </span>
  );
}

function Speeds({
  outcomes,
  nameOf,
}: {
  readonly outcomes: readonly EncodedOutcome[];
  readonly nameOf: (id: string) => string;
}): ReactNode {
  const [first] = outcomes;
  return (
    <>
      <table className="cd-table">
        <caption>
          Microseconds for this object, here and now: the median of {first?.speed?.encode.rounds}{' '}
          rounds, and between which the middle half of them lies
        </caption>
        <thead>
          <tr>
            <th scope="col">Codec</th>
            <th scope="col">Encode</th>
            <th scope="col">Decode</th>
          </tr>
        </thead>
        <tbody>
          {outcomes.map(({ id, speed }) => (
            <tr key={id}>
              <th scope="row">{nameOf(id)}</th>
              <td>{speed && <SpreadText spread={speed.encode} />}</td>
              <td>{speed && <SpreadText spread={speed.decode} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="cd-note">
        Each round had at least {grouped(Math.min(...countsOf(outcomes)))} operations; codecs took
        turns round by round. Where the halves overlap, run it again before you believe an order.
      </p>
    </>
  );
}

const countsOf = (outcomes: readonly EncodedOutcome[]): number[] =>
  outcomes.flatMap(({ speed }) =>
    speed ? [speed.encode.operationsPerRound, speed.decode.operationsPerRound] : [],
  );

function SpreadText({ spread }: { readonly spread: Spread }): ReactNode {
  return (
    <>
      {micros(spread.medianUs)}{' '}
      <small>
        ({micros(spread.lowerQuartileUs)} to {micros(spread.upperQuartileUs)})
      </small>
    </>
  );
}

const micros = (us: number): string => us.toPrecision(us < 1000 ? 3 : 4);
