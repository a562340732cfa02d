/** A request as it was written, and the exchange that came of it. */
import './still.css';
import type { ReactNode } from 'react';
import type { ExchangeProps, StillKind } from '@/components/labs/kind';
import { curlCommand } from '@/lib/engines/http/curl';
import type {
  Candidate,
  Decision,
  HttpAbout,
  HttpInput,
  HttpOutput,
  WireMessage,
} from '@/lib/engines/http/types';
import { formatNumber } from '@/lib/simulation/format';
import { Scroll } from '../../views/scroll';

export const still: StillKind<HttpInput, HttpOutput, HttpAbout> = {
  Asked: ({ input }) => <Message label="Request">{asWritten(input)}</Message>,

  Exchange: (props) => <Exchange {...props} />,
};

export function Exchange({
  input,
  about,
  output: { request, response, route, decisions },
  copy,
}: ExchangeProps<HttpInput, HttpOutput, HttpAbout> & {
  /** What a live lab has for the command. */
  readonly copy?: (command: string) => ReactNode;
}): ReactNode {
  const command = curlCommand(input, about.origin);
  return (
    <div className="http-exchange">
      <p className="http-summary">
        {size('Answer', response)}
        {route && (
          <>
            {' · route '}
            <code>{route.pattern}</code>
            {route.parameters.map(([name, value]) => ` · ${name} = ${value}`)}
          </>
        )}
      </p>
      <Message label="Answer" outcome={response.status >= 400 ? 'refused' : undefined}>
        {asText(response)}
      </Message>
      <details className="fig-details">
        <summary>How it was decided</summary>
        <ol className="http-decisions">
          {decisions.map((decision, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a list that does not change
            <DecisionItem key={index} {...decision} />
          ))}
        </ol>
      </details>
      <details className="fig-details">
        <summary>{size('The request on the wire', request)}</summary>
        <Message label="Request on the wire">{asText(request)}</Message>
      </details>
      <details className="fig-details">
        <summary>As a command for curl</summary>
        <div>
          <Message label="Command for curl">{command}</Message>
          {copy?.(command)}
        </div>
      </details>
    </div>
  );
}

export function Message({
  label,
  outcome,
  children,
}: {
  readonly label: string;
  readonly outcome?: 'refused';
  readonly children: string;
}): ReactNode {
  return (
    // A group and no landmark: a page has many messages, and landmarks are for finding one's way.
    <Scroll label={label} className="http-message">
      <pre className="lab-code" data-outcome={outcome}>
        {children}
      </pre>
    </Scroll>
  );
}

function DecisionItem({ by, says, verdict, depth, candidates }: Decision): ReactNode {
  return (
    <li data-verdict={verdict} data-depth={depth}>
      <b>{by}</b> {verdict === 'refused' && <i>refused</i>} {says}
      {candidates && (
        <ul>
          {candidates.map((candidate) => (
            <li key={candidate.offer}>{candidateText(candidate)}</li>
          ))}
        </ul>
      )}
    </li>
  );
}

function candidateText({ offer, range, q, chosen }: Candidate): string {
  const by = range === null ? (q > 0 ? 'no field' : 'no range holds it') : `by “${range}”`;
  return `${offer}: q = ${q}, ${by}${chosen ? ' (chosen)' : ''}`;
}

function size(what: string, { headBytes, bodyBytes }: WireMessage): string {
  const content = bodyBytes === 0 ? 'no content' : `${formatNumber(bodyBytes)} of content`;
  return `${what}: ${formatNumber(headBytes)} bytes of head, ${content}`;
}

function asWritten({ method, target, headers, body }: HttpInput): string {
  const head = [`${method} ${target}`, ...headers.split('\n').filter((line) => line !== '')];
  return head.join('\n') + (body === '' ? '' : `\n\n${body}`);
}

function asText({ head, body, cutChars }: WireMessage): string {
  const rest = cutChars > 0 ? `\n[${formatNumber(cutChars)} more characters are not shown]` : '';
  return head + (body === '' ? '' : `\n\n${body}${rest}`);
}
