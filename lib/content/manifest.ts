/** The manifest: all categories and guides with what is derived from them; written by the build. */
import type { CategoryFile, Level, Reference, Source } from './front-matter';
import { readGenerated } from './generated';
import type { Inline } from './glossary';
import type { Heading } from './parse';

export interface Category extends CategoryFile {
  /** Name of its folder and first part of the address of its guides. */
  readonly slug: string;
  /** Slugs of its guides in order. */
  readonly guides: readonly string[];
}

export interface Guide {
  /** "category/name"; the page is at `/category/name/`. */
  readonly slug: string;
  readonly category: string;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly summary: readonly string[];
  readonly level: Level;
  readonly tags: readonly string[];
  readonly aliases: readonly string[];
  readonly prerequisites: readonly string[];
  /** Those it names and those that name it, by slug. */
  readonly related: readonly string[];
  readonly published: string;
  readonly updated: string;
  readonly sources: readonly Source[];
  readonly order: number;
  /** At least 1. */
  readonly readingMinutes: number;
  readonly words: number;
  readonly headings: readonly Heading[];
  /** Slugs of the guides whose prose links here. */
  readonly backlinks: readonly string[];
  /** Slug of the guide before this one in the handbook's order, categories included. */
  readonly previous: string | null;
  readonly next: string | null;
  /** Ids of the simulations it shows or quotes. */
  readonly simulations: readonly string[];
  /** Name of the still of its first figure, for the home page; null if it has none. */
  readonly figure: string | null;
}

export interface Tag {
  /** Its page is at `/tags/<slug>/`. */
  readonly slug: string;
  /** As the guides write it. */
  readonly title: string;
  /** Slugs of the guides that carry it, in the handbook's order. */
  readonly guides: readonly string[];
}

/** A term of the glossary; it stands at `/glossary/#<slug>`. */
export interface Term {
  readonly slug: string;
  readonly title: string;
  readonly aliases: readonly string[];
  readonly definition: readonly Inline[];
  /** The definition without markup. */
  readonly text: string;
  readonly sources: readonly Reference[];
  /** Slugs of terms, those that name it included. */
  readonly related: readonly string[];
  /** Slugs of the guides that are about it or link to it, in the handbook's order. */
  readonly guides: readonly string[];
}

/** A simulation of the catalogue; its page is at `/simulations/<id>/`. */
export interface ListedSimulation {
  readonly id: string;
  /** Slugs of the guides that show or quote it, in the handbook's order; at least one. */
  readonly guides: readonly string[];
}

export interface Manifest {
  /** In order; a category without a guide is not listed. */
  readonly categories: readonly Category[];
  readonly guides: Readonly<Record<string, Guide>>;
  /** By title. */
  readonly tags: readonly Tag[];
  /** By title. */
  readonly glossary: readonly Term[];
  /** In the order in which the handbook meets them; one that no guide uses is not listed. */
  readonly simulations: readonly ListedSimulation[];
}

/** Where the build writes it, from the root of the repository. */
export const MANIFEST_PATH = '.generated/content.json';

/** @throws Error if it has not been generated. */
export function readManifest(root?: string): Manifest {
  return readGenerated<Manifest>(MANIFEST_PATH, root);
}
