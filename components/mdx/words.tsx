/** Words and numbers in a line of prose that have a meaning of their own. */
import type { ReactNode } from 'react';
import { OutcomeMark } from '@/components/views/outcome-mark';
import type { Outcome as OutcomeId } from '@/lib/kernel/outcomes';

/** A number that the build took out of a run; its title says of which. */
export function Finding({
  text,
  describe,
}: {
  readonly text: string;
  readonly describe: string;
}): ReactNode {
  return (
    <span
      title={describe}
      className="whitespace-nowrap underline decoration-rule-strong decoration-dotted underline-offset-4 [td_&]:no-underline"
    >
      {text}
    </span>
  );
}

/** The value of a parameter. */
export function Param({
  text,
  describe,
}: {
  readonly text: string;
  readonly describe: string;
}): ReactNode {
  return (
    <span title={describe} className="whitespace-nowrap">
      {text}
    </span>
  );
}

/** What a source says, with the number of the source in the list at the end of the page. */
export function Fact({
  number,
  anchor,
  title,
  children,
}: {
  readonly number: string;
  readonly anchor: string;
  readonly title: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <>
      {children}
      {/* In brackets: a raised number behind a number reads as a power. */}
      <sup className="ml-px font-ui text-[0.65em] leading-none">
        <a
          href={`#${anchor}`}
          title={title}
          aria-label={`Source ${number}: ${title}`}
          className="px-0.5 text-accent no-underline hover:underline"
        >
          {`[${number}]`}
        </a>
      </sup>
    </>
  );
}

/** A sentence that the build has proved on runs; to the reader it is a sentence like any other. */
export function Claim({ children }: { readonly children: ReactNode }): ReactNode {
  return children;
}

/** Whole names, so that Tailwind finds them in the source. */
const COLOUR: Readonly<Record<OutcomeId, string>> = {
  sent: 'text-outcome-sent',
  accepted: 'text-outcome-accepted',
  queued: 'text-outcome-queued',
  rejected: 'text-outcome-rejected',
  failed: 'text-outcome-failed',
  retried: 'text-outcome-retried',
  expired: 'text-outcome-expired',
  undone: 'text-outcome-undone',
  lost: 'text-outcome-lost',
};

/** A word in the colour of an outcome, behind its mark, as in every figure. */
export function Outcome({
  of,
  children,
}: {
  readonly of: OutcomeId;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <span className={`font-medium ${COLOUR[of]}`}>
      {/* The mark and the first word stay on one line. */}
      <span className="whitespace-nowrap">
        <OutcomeMark outcome={of} />
        {'\u2060\u202f'}
      </span>
      {children}
    </span>
  );
}
