/**
 * A link. Every page is a document of its own, so this is an anchor with the base path put in, and
 * nothing is fetched before it is asked for.
 */
import type { ComponentPropsWithoutRef, ReactNode } from 'react';
import { href as withBase } from '@/lib/site';

export function Link({ href, ...props }: ComponentPropsWithoutRef<'a'>): ReactNode {
  return <a {...props} href={href === undefined ? undefined : withBase(href)} />;
}
