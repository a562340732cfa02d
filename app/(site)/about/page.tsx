import './about.css';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { H2 } from '@/components/mdx/heading';
import { ContentsAside, ContentsFolded } from '@/components/site/contents';
import { ContentsSpy } from '@/components/site/contents-spy.client';
import { Link } from '@/components/site/link';
import { PageHead } from '@/components/site/page-head';
import { readManifest } from '@/lib/content/manifest';
import { readSimulations } from '@/lib/content/simulation-index';
import { pageMetadata } from '@/lib/reach/metadata';
import { formatNumber } from '@/lib/simulation/format';
import { canonical, reportUrl, SITE_NAME, SITE_TAGLINE } from '@/lib/site';
import { version } from '../../../package.json';

const TITLE = 'How the numbers are made';
const DESCRIPTION =
  'Each figure is a program that runs in front of you, each number in the text comes out of it, and what holds the program to the truth stands beside it.';

/** `lib/content/build-content.ts` names these anchors for links from guides. */
const SECTIONS = [
  { depth: 2, id: 'numbers', text: 'From a run to a number' },
  { depth: 2, id: 'chance', text: 'Chance' },
  { depth: 2, id: 'error', text: 'Error' },
  { depth: 2, id: 'checks', text: 'Checks' },
  { depth: 2, id: 'privacy', text: 'What stays with you' },
  { depth: 2, id: 'cite', text: 'Citing it' },
];

export const metadata: Metadata = pageMetadata({
  path: '/about/',
  title: TITLE,
  description: DESCRIPTION,
});

export default function About(): ReactNode {
  const index = readSimulations();
  const listed = readManifest().simulations.flatMap(({ id }) => index[id] ?? []);
  const checks = listed.flatMap((simulation) => Object.values(simulation.checks));
  const repetitions = checks.reduce((sum, { seeds }) => sum + seeds, 0);
  const report = reportUrl('/about/');
  return (
    <main id="content" className="pt-(--line) pb-24">
      <div className="page-grid">
        <div className="page-main">
          <PageHead path="/about/" title={TITLE}>
            {DESCRIPTION}
          </PageHead>
          <details className="fold no-print mt-4 border-t border-rule lg:hidden">
            <summary>On this page</summary>
            <ContentsFolded headings={SECTIONS} />
          </details>
        </div>
        <div className="page-side page-side-tall no-print">
          <ContentsAside headings={SECTIONS} />
        </div>
        <div className="page-main prose mt-(--line)">
          <H2 id="numbers">From a run to a number</H2>
          <p>
            A simulation keeps a clock of its own and a list of what happens next, and goes from
            event to event. A <em>run</em> depends on its inputs and on nothing else: the
            parameters, the seed, the requests, the algorithm, and what is done to it and when. It
            cannot read the time of day or draw on any chance but that of the seed, and it brings
            its own logarithm, since browsers differ in the last bit of theirs. So the same inputs
            give the same run on every machine.
          </p>
          <p>
            What a run leaves behind is a <em>recording</em>: messages, spans of work, states,
            samples, notes. All that you see is drawn from the recording and a moment in it, which
            is why a figure can be scrubbed backwards as well as played. A link to a figure holds
            the inputs and the moment, and opens there.
          </p>
          <p>
            A number in the text about a run is a <em>finding</em>: when the site was built, that
            scenario was run with the seed that its figure opens with, and the result was put into
            the sentence. The build refuses a number with a unit that was typed by hand. A number
            from elsewhere, a manual or a paper, carries its source.
          </p>
          <H2 id="chance">Chance</H2>
          <p>
            All chance comes from the seed, in named streams: one for arrivals, one for service
            times, one for losses. Changing an algorithm or a parameter leaves the other draws as
            they were. In a race every variant meets the same requests, drawn before the race; what
            differs between them is the algorithm and not luck. Another seed is another day: press{' '}
            <em>Re-roll</em> to see how much of what you saw was that day.
          </p>
          <H2 id="error">Error</H2>
          <p>
            What follows ± is half the width of the interval that holds the true value of the
            measure with 95&nbsp;% confidence, estimated from the run itself once its beginning,
            which is not yet typical, has been dropped. Beside it stands <em>n</em>, the number of
            things that were measured. A percentile is not shown when there are too few of them for
            one. Nor is the interval where a run is too short against its own memory, or shows one
            event and what follows. Near capacity that memory is long, and one run cannot tell how
            long: by our tests an interval then holds the true value in seven runs of ten. Re-roll
            before you trust it.
          </p>
          <p>
            We say that one algorithm is better than another only if it was better by at least three
            standard errors, over many seeds, both on the same requests. What we say of a model must
            hold with the seed of its figure and with five others. These claims are computed again
            at each build, and if one no longer holds, the site is not built.
          </p>
          <H2 id="checks">Checks</H2>
          <p>
            A simulation can be wrong as any program can. So each one declares what it is held to: a
            theorem of queueing theory, a table in a paper, the behaviour of a library that is in
            use. There are {formatNumber(checks.length)} such statements at present, tested over{' '}
            {formatNumber(repetitions)} seeds in all at every change, and each can be run in your
            browser on <Link href="/simulations/">the page of its simulation</Link>. There are also
            bugs that we have planted and can switch on: a check that would not notice them is
            itself treated as broken.
          </p>
          <p>
            A model is less than the world. What it leaves out is listed under each figure, with the
            direction in which that shifts the result; so is every parameter that the figure holds
            fixed.
          </p>
          <H2 id="privacy">What stays with you</H2>
          <p>
            Everything runs in your browser. There is no account, no cookie, no tracker, and no
            request to any other host. What is kept, such as the tasks you have solved, is kept on
            your machine, and <Link href="/settings/">can be seen and cleared</Link>.
          </p>
          <H2 id="cite">Citing it</H2>
          <p>
            Cite a guide by its title and the day of its last change, which stands under the title;
            cite a run by the link that <em>Copy link</em> gives. The handbook as a whole:
          </p>
          <pre className="citation">{`@misc{steady-state,
  title        = {${SITE_NAME}: ${SITE_TAGLINE}},
  note         = {Version ${version}},
  howpublished = {\\url{${canonical('/')}}}
}`}</pre>
          {report !== null && (
            <p>
              If something is wrong, <a href={report}>tell us</a>.
            </p>
          )}
        </div>
      </div>
      <ContentsSpy />
    </main>
  );
}
