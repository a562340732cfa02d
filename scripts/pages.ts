/**
 * Whether a file of the export is a page: it lies in a folder of its own, whose address it has, or
 * stands for those that are not there. Other HTML is no page of the site.
 *
 * @param path from the root of the export, with forward slashes
 */
export function isPage(path: string): boolean {
  return /(^|\/)(index|404)\.html$/.test(path);
}
