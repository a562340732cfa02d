/**
 * What a browser needs to offer the search of the site in its own address bar: an OpenSearch 1.1
 * description document. https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md
 */
import { canonical, SITE_DESCRIPTION, SITE_NAME } from '../site';
import { element, xmlDocument } from './xml';

/** Bounds of the format on the two names, in characters. */
const SHORT_NAME_LENGTH_MAX = 16;
const DESCRIPTION_LENGTH_MAX = 1024;

export function openSearch(): string {
  return xmlDocument(
    element(
      'OpenSearchDescription',
      { xmlns: 'http://a9.com/-/spec/opensearch/1.1/' },
      element('ShortName', {}, SITE_NAME.slice(0, SHORT_NAME_LENGTH_MAX)),
      element('Description', {}, SITE_DESCRIPTION.slice(0, DESCRIPTION_LENGTH_MAX)),
      element('Url', {
        type: 'text/html',
        method: 'get',
        template: `${canonical('/search/')}?q={searchTerms}`,
      }),
      element(
        'Image',
        { width: '16', height: '16', type: 'image/svg+xml' },
        canonical('/icon.svg'),
      ),
      element('InputEncoding', {}, 'UTF-8'),
      element('Language', {}, 'en'),
    ),
  );
}
