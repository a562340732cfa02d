/** HMAC and hash by WebCrypto. */
export type HashName = 'SHA-1' | 'SHA-256' | 'SHA-512';

type Bytes = Uint8Array<ArrayBuffer>;

export async function hmac(hash: HashName, secret: Bytes, content: Bytes): Promise<Bytes> {
  const method = { name: 'HMAC', hash };
  const key = await crypto.subtle.importKey('raw', secret, method, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign(method, key, content));
}

export const sha256 = async (content: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', content));

/** Takes as long for a wrong text as for a right one of the same length, as far as JavaScript allows. */
export function equalInConstantTime(left: string, right: string): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let at = 0; at < left.length; at++) {
    difference |= left.charCodeAt(at) ^ right.charCodeAt(at);
  }
  return difference === 0;
}
