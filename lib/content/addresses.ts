/** Addresses of pages that are made of content, from the root of the site. */

/** The tag's part of its address: "API design" → "api-design". */
export function tagSlug(tag: string): string {
  return tag.toLowerCase().replaceAll(' ', '-');
}

export function tagAddress(tag: string): string {
  return `/tags/${tagSlug(tag)}/`;
}

/** A term on the page of the glossary. */
export function termAddress(slug: string): string {
  return `/glossary/#${slug}`;
}

export function simulationAddress(id: string): string {
  return `/simulations/${id}/`;
}

/** All figures of a simulation; for authors and tests. */
export function galleryAddress(id: string): string {
  return `/gallery/${id}/`;
}

export function labAddress(id: string): string {
  return `/labs/${id}/`;
}

export function incidentAddress(id: string): string {
  return `/incidents/${id}/`;
}
