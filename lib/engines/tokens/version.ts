/** The version of jose that `package.json` pins, which jose itself does not say; held to it by a test. */
export const JOSE_VERSION = '6.2.17';
