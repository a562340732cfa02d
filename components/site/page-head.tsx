/** The top of every page but the home page and a guide: where it stands, its title, what it is about. */
import type { ReactNode } from 'react';
import { SITE_NAME } from '@/lib/site';
import { Breadcrumbs } from './breadcrumbs';

export function PageHead({
  trail = [],
  path,
  title,
  children,
}: {
  /** Pages between the home page and this one. */
  readonly trail?: readonly { readonly path: string; readonly title: string }[];
  /** Address of the page from the root of the site, with slashes at both ends. */
  readonly path: string;
  readonly title: string;
  /** One or two sentences. */
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <header>
      <Breadcrumbs trail={[{ path: '/', title: SITE_NAME }, ...trail]} page={{ path, title }} />
      <h1 className="page-title">{title}</h1>
      {children !== undefined && <p className="page-lede">{children}</p>}
    </header>
  );
}
