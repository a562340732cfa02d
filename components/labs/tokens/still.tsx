/** A question to the token lab and its answer, as they stand in the page: pure, no state. */
import { Fragment, type ReactNode } from 'react';
import { OutcomeMark } from '@/components/views/outcome-mark';
import { dateText, words } from '@/lib/engines/tokens/text';
import { objectOf, readToken, type TokenPart } from '@/lib/engines/tokens/token';
import type {
  Answer,
  Judged,
  PkceOutcome,
  TokenAbout,
  TokenInput,
  TokenJourney,
  TokenOutcome,
  TokenOutput,
  TotpInput,
  TotpOutcome,
  WebhookJourney,
  WebhookOutcome,
} from '@/lib/engines/tokens/types';
import { grouped } from '@/lib/kernel/grouped';
import type { AskedProps, ExchangeProps, StillKind } from '../kind';
import { WAYS } from './words';

export const still: StillKind<TokenInput, TokenOutput, TokenAbout> = { Asked, Exchange };

function Asked({ input }: AskedProps<TokenInput, TokenAbout>): ReactNode {
  switch (input.do) {
    case 'token':
      return <AskedToken {...input} />;
    case 'webhook':
      return <AskedWebhook {...input} />;
    case 'totp':
      return <AskedTotp {...input} />;
    case 'pkce':
      return (
        <Pairs
          pairs={[
            ['Client keeps', <code key="v">{input.verifier}</code>],
            ['Presented with the code', <code key="p">{input.presented}</code>],
            ['Method', input.method],
          ]}
        />
      );
  }
}

function AskedToken({ issuer, way, api }: TokenJourney): ReactNode {
  return (
    <Pairs
      pairs={[
        ...(way === 'pasted' ? [] : [['Issuer', `signs with ${issuer.kid}`] as const]),
        ['On the way', WAYS[way].does],
        [
          'API',
          `at ${api.at}, trusts ${listed(api.trusts)}, allows ${api.algorithms.trim() === '' ? 'any algorithm' : listed(words(api.algorithms))}`,
        ],
      ]}
    />
  );
}

const listed = (names: readonly string[]): string =>
  names.length === 0 ? 'none' : names.join(' and ');

const AskedWebhook = ({ sender, arrives, receiver }: WebhookJourney): ReactNode => (
  <Pairs
    pairs={[
      ['Sender', `signs at ${sender.at}, message ${sender.id}`],
      ['Body', <code key="b">{sender.body}</code>],
      ...(arrives === sender.body ? [] : [['Arrives', <code key="r">{arrives}</code>] as const]),
      ['Receiver', `verifies at ${receiver.at}, tolerance ${receiver.toleranceS} s`],
    ]}
  />
);

const AskedTotp = (input: TotpInput): ReactNode => (
  <Pairs
    pairs={[
      ['Secret', <code key="s">{input.secret}</code>],
      ['Device', `shows ${input.digits} digits at ${input.shownAt}`],
      [
        'Server',
        `checks at ${input.checkedAt}, ${input.window} steps of ${input.stepS} s to either side`,
      ],
    ]}
  />
);

function Exchange({ output }: ExchangeProps<TokenInput, TokenOutput, TokenAbout>): ReactNode {
  switch (output.is) {
    case 'token':
      return <TokenAnswer {...output} />;
    case 'webhook':
      return <WebhookAnswer {...output} />;
    case 'totp':
      return <TotpAnswer {...output} />;
    case 'pkce':
      return <PkceAnswer {...output} />;
    case 'refused':
      return <p className="tok-refused">{output.why}</p>;
  }
}

const PARTS = ['header', 'claims', 'signature'] as const;

function TokenAnswer(outcome: TokenOutcome): ReactNode {
  const arrived = readToken(outcome.arrived);
  const issued = outcome.issued === null ? null : readToken(outcome.issued);
  const texts = [arrived.header.text, arrived.claims.text, arrived.signature];
  return (
    <div className="tok">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset groups the fields of a form, of which there is none. */}
      <div
        className="tok-token"
        role="group"
        aria-label="The token that arrives"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long token is scrolled by keys as well.
        tabIndex={0}
      >
        <code>
          {texts.slice(0, arrived.parts).map((text, place) => (
            <Fragment key={PARTS[place]}>
              {place > 0 && '.'}
              <span className={`tok-${PARTS[place]}`}>{text}</span>
            </Fragment>
          ))}
        </code>
      </div>
      <div className="tok-parts">
        <Decoded
          name="header"
          title="Header"
          part={arrived.header}
          issued={issued?.header ?? null}
        />
        <Decoded
          name="claims"
          title="Claims"
          part={arrived.claims}
          issued={issued?.claims ?? null}
        />
        <div>
          <p className="tok-label tok-signature">Signature</p>
          <p>
            {arrived.signature === '' ? 'Empty. ' : ''}Signed by {outcome.signedBy}.
          </p>
        </div>
      </div>
      <Verdicts {...outcome} strictName="Strict (jose)" />
    </div>
  );
}

/** A part of the token as JSON, a line for each member; those that the issuer did not write are marked. */
function Decoded({
  name,
  title,
  part,
  issued,
}: {
  readonly name: 'header' | 'claims';
  readonly title: string;
  readonly part: TokenPart;
  readonly issued: TokenPart | null;
}): ReactNode {
  const members = objectOf(part);
  const before = issued === null ? null : objectOf(issued);
  const text = (value: unknown): string => JSON.stringify(value) ?? '';
  return (
    <div>
      <p className={`tok-label tok-${name}`}>{title}</p>
      {members === null ? (
        <p>
          {part.decoded === null
            ? 'This is not base64url of UTF-8.'
            : `This is not a JSON object: ${part.decoded.slice(0, 200)}`}
        </p>
      ) : (
        <dl className="tok-members">
          {Object.entries(members).map(([key, value]) => {
            const isChanged = before !== null && text(before[key]) !== text(value);
            return (
              <div key={key} className={isChanged ? 'tok-changed' : undefined}>
                <dt>
                  {key}
                  {isChanged && <span className="sr-only"> (changed)</span>}
                </dt>
                <dd>
                  {typeof value === 'string' ? value : text(value)}
                  {DATES.has(key) && typeof value === 'number' && (
                    <small> {dateText(value)} UTC</small>
                  )}
                </dd>
              </div>
            );
          })}
        </dl>
      )}
    </div>
  );
}

/** Claims that are seconds since 1970 (RFC 7519, 4.1; OpenID Connect for auth_time). */
const DATES: ReadonlySet<string> = new Set(['iat', 'nbf', 'exp', 'auth_time']);

function Verdicts({
  rulings,
  naiveAccepts,
  strictAccepts,
  strictName,
}: Judged & { readonly strictName: string }): ReactNode {
  const isAnswer = ({ result }: Answer): boolean => result === 'passed' || result === 'failed';
  const answered = rulings.filter(({ naive, strict }) => isAnswer(naive) || isAnswer(strict));
  // A check that passes without a word, as the form of a token does, is not worth a line.
  const told = answered.filter((ruling) =>
    [ruling.naive, ruling.strict].some((each) => isAnswer(each) && each.why !== ''),
  );
  const others = rulings.filter((ruling) => !answered.includes(ruling));
  return (
    <>
      <table className="tok-verdicts">
        <thead>
          <tr>
            <th scope="col">Check</th>
            <th scope="col">Naive</th>
            <th scope="col">{strictName}</th>
          </tr>
        </thead>
        <tbody>
          {told.map(({ check, naive, strict }) => (
            <tr key={check}>
              <th scope="row">{check}</th>
              <Ruled {...naive} />
              <Ruled {...strict} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Verdict</th>
            <td>
              <Verdict accepts={naiveAccepts} />
            </td>
            <td>
              <Verdict accepts={strictAccepts} />
            </td>
          </tr>
        </tfoot>
      </table>
      {others.length > 0 && (
        <p className="tok-others">
          Asked by neither, or not reached: {others.map(({ check }) => check).join(', ')}.
        </p>
      )}
    </>
  );
}

const Ruled = ({ result, why }: Answer): ReactNode => (
  <td data-result={result}>
    {result === 'passed' && <OutcomeMark outcome="accepted" title="Passed" />}
    {result === 'failed' && <OutcomeMark outcome="rejected" title="Failed" />}
    {result === 'unreached' ? <span className="sr-only">not reached</span> : ` ${why}`}
  </td>
);

const Verdict = ({ accepts }: { readonly accepts: boolean }): ReactNode => (
  <>
    <OutcomeMark outcome={accepts ? 'accepted' : 'rejected'} /> {accepts ? 'accepts' : 'refuses'}
  </>
);

const WebhookAnswer = ({ headers, content, ...judged }: WebhookOutcome): ReactNode => (
  <div className="tok">
    <Pairs
      pairs={[
        ...headers.map(([name, value]) => [name, <code key={name}>{value}</code>] as const),
        ['signed', <code key="content">{content}</code>],
      ]}
    />
    <Verdicts {...judged} strictName="Strict" />
  </div>
);

function TotpAnswer({
  counter,
  mac,
  offset,
  code,
  typed,
  steps,
  accepted,
}: TotpOutcome): ReactNode {
  const from = 2 * offset;
  return (
    <div className="tok">
      <Pairs
        pairs={[
          ['Step', grouped(counter)],
          [
            'HMAC',
            <code key="mac">
              {mac.slice(0, from)}
              <mark>{mac.slice(from, from + 8)}</mark>
              {mac.slice(from + 8)}
            </code>,
          ],
          ['Code shown', <code key="code">{code}</code>],
          ...(typed === code ? [] : [['Code typed', <code key="typed">{typed}</code>] as const]),
        ]}
      />
      <table className="tok-verdicts">
        <thead>
          <tr>
            <th scope="col">Step from</th>
            <th scope="col">Expected</th>
            <th scope="col">Typed</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr key={step.counter}>
              <th scope="row">{step.from}</th>
              <td>
                <code>{step.code}</code>
              </td>
              <td>{step.matches ? 'the same' : 'another'}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Verdict</th>
            <td colSpan={2}>
              <Verdict accepts={accepted} />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

const PkceAnswer = ({ challenge, computed, accepted, why }: PkceOutcome): ReactNode => (
  <div className="tok">
    <Pairs
      pairs={[
        ['Challenge in the request', <code key="challenge">{challenge}</code>],
        ['Challenge of what is presented', <code key="computed">{computed}</code>],
        [
          'Server',
          <Fragment key="verdict">
            <Verdict accepts={accepted} />: {why}
          </Fragment>,
        ],
      ]}
    />
  </div>
);

const Pairs = ({
  pairs,
}: {
  readonly pairs: readonly (readonly [name: string, value: ReactNode])[];
}): ReactNode => (
  <dl className="tok-pairs">
    {pairs.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
