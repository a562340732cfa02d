/**
 * Guides that nobody wrote, to see how the site grows: each has the shape of a real one (front
 * matter, sections, code, a table, figures, findings, links) and a text of its own. They make sense
 * to a build and to an index, not to a reader, and never stand in `content/`.
 */
import { createStreams, type RandomStream } from '@/lib/kernel/random';

/** Guides in a synthetic category, as many as the largest real one is meant to have. */
export const CATEGORY_SIZE = 15;

/**
 * Beyond this the categories grow instead of becoming more: each is a folder at the root, and there
 * can be only as many as static hosts take rules (deploy/static-host.mjs).
 */
const CATEGORIES_MAX = 50;

export interface SyntheticFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

const SECTIONS = 9;
const PARAGRAPHS_PER_SECTION = 3;
const SENTENCES_PER_PARAGRAPH = 4;

const SUBJECTS =
  'queue, replica, leader, client, cache, index, partition, worker, token, lease, snapshot, broker, consumer, transaction, lock, shard, router, gateway, scheduler, log, cursor, connection, pool, batch, checkpoint, region, primary, follower, coordinator, proxy, deadline, certificate, session, webhook, schema, migration'.split(
    ', ',
  );
const QUALITIES =
  'stale, bounded, durable, concurrent, idle, remote, ordered, duplicate, partial, slow, warm, cold, fair, greedy, optimistic, pessimistic, monotonic, idempotent, saturated, compacted, encrypted, expired, pending, read-only, asynchronous, eventual'.split(
    ', ',
  );
const VERBS =
  'retries, commits, drops, forwards, acknowledges, evicts, replays, reorders, blocks, splits, merges, compacts, fences, throttles, buffers, flushes, invalidates, rejects, signs, hashes, copies, promotes, elects, drains, resumes'.split(
    ', ',
  );
const CONDITIONS =
  'while the network is cut, before the write is durable, when two of them arrive together, after a restart, once the buffer is full, as long as the clock does not jump, under twice the load, until a quorum has answered, in the order in which they were sent, without asking the others'.split(
    ', ',
  );
const TAGS =
  'consistency, latency, throughput, storage, networking, security, caching, messaging, scheduling, observability, recovery, testing, capacity, ordering, isolation, encoding'.split(
    ', ',
  );

/** Deterministic: the n-th guide is the same whatever `count` is, apart from its links. */
export function syntheticFiles(count: number): SyntheticFile[] {
  const guides = Array.from({ length: count }, (_, index): SyntheticFile => {
    return { path: `content/${slugOf(index)}.mdx`, text: guideText(index) };
  });
  const categories = Array.from(
    { length: Math.min(Math.ceil(count / CATEGORY_SIZE), CATEGORIES_MAX) },
    (_, index): SyntheticFile => ({
      path: `content/${categoryOf(index)}/category.yaml`,
      text: `title: Synthetic ${index + 1}\nblurb: Guides that nobody wrote, part ${index + 1}.\norder: ${1000 + index}\n`,
    }),
  );
  return [...categories, ...guides];
}

const categoryOf = (category: number): string => `synthetic-${category + 1}`;

/** "category/name" of the n-th guide, from 0. */
export function slugOf(index: number): string {
  return `${categoryOf(Math.floor(index / CATEGORY_SIZE) % CATEGORIES_MAX)}/guide-${index + 1}`;
}

function guideText(index: number): string {
  const draws = createStreams(index).stream('text');
  const subject = pick(draws, SUBJECTS);
  const quality = pick(draws, QUALITIES);
  const earlier = index > 0 ? slugOf(draws.nextInteger(index)) : undefined;
  const sections = Array.from({ length: SECTIONS }, (_, section) =>
    sectionText(draws, section, earlier),
  );
  return `---
title: The ${quality} ${subject}, ${index + 1}
description: What a ${quality} ${subject} costs in case ${index + 1}, and what it saves.
summary:
  - ${sentence(draws)}
  - ${sentence(draws)}
  - ${sentence(draws)}
level: practitioner
tags: [${[...new Set([pick(draws, TAGS), pick(draws, TAGS)])].join(', ')}]
aliases: ["${pick(draws, QUALITIES)} ${subject}"]
related: [${index % CATEGORY_SIZE > 0 ? slugOf(index - 1) : ''}]
order: ${(index % CATEGORY_SIZE) + 1}
published: 2026-01-01
updated: 2026-01-01
sources:
  - key: rfc
    title: Key words for use in RFCs to Indicate Requirement Levels
    by: IETF
    edition: RFC 2119
    url: https://www.rfc-editor.org/rfc/rfc2119
    supports: What MUST and SHOULD mean.
---

${paragraph(draws)}

<Simulation id="queue" scenario="rush">
  The line holds <Finding id="queue" scenario="rush" result="wait.mean" /> on average.
</Simulation>

${sections.join('\n\n')}

<Simulation id="queue" scenario="disciplines" controls="servers">
  ${paragraph(draws)}
</Simulation>
`;
}

function sectionText(draws: RandomStream, section: number, linked: string | undefined): string {
  const heading = `## ${capital(pick(draws, SUBJECTS))} ${section + 1}: ${pick(draws, VERBS)} ${pick(draws, CONDITIONS)}`;
  const paragraphs = Array.from({ length: PARAGRAPHS_PER_SECTION }, () => paragraph(draws));
  const link = linked === undefined ? [] : [`See [the other case](/${linked}/).`];
  return [heading, ...paragraphs, ...extra(draws, section), ...(section === 0 ? link : [])].join(
    '\n\n',
  );
}

/** What stands between paragraphs, by turns: code, a table, a list. */
function extra(draws: RandomStream, section: number): string[] {
  const name = pick(draws, SUBJECTS);
  switch (section % 3) {
    case 0:
      return [
        `\`\`\`ts\nexport function ${name}Of(values: readonly number[]): number {\n  let total = 0;\n  for (const value of values) total += value * ${section + 2};\n  return total;\n}\n\`\`\``,
      ];
    case 1:
      return [
        `| ${name} | cost | gain |\n| --- | --- | --- |\n${Array.from({ length: 5 }, () => `| ${pick(draws, SUBJECTS)} | ${pick(draws, QUALITIES)} | ${pick(draws, QUALITIES)} |`).join('\n')}`,
      ];
    default:
      return [Array.from({ length: 4 }, () => `- ${sentence(draws)}`).join('\n')];
  }
}

function paragraph(draws: RandomStream): string {
  return Array.from({ length: SENTENCES_PER_PARAGRAPH }, () => sentence(draws)).join(' ');
}

function sentence(draws: RandomStream): string {
  return `${capital(pick(draws, ['a', 'the', 'every', 'no']))} ${pick(draws, QUALITIES)} ${pick(draws, SUBJECTS)} ${pick(draws, VERBS)} ${pick(draws, ['its', 'a', 'the last', 'another'])} ${pick(draws, QUALITIES)} ${pick(draws, SUBJECTS)} ${pick(draws, CONDITIONS)}.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function pick(draws: RandomStream, words: readonly string[]): string {
  const word = words[draws.nextInteger(words.length)];
  if (word === undefined) throw new Error('Expected a list of words, got an empty one.');
  return word;
}
