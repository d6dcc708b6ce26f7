/**
 * Tells a person's own secret from any other without keeping it. The secret is a password, or a PIN where
 * somebody else's system lets the person in: nothing here depends on which.
 */
export interface Verifier {
  readonly iterations: number;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly hash: Uint8Array<ArrayBuffer>;
}

/** OWASP Password Storage Cheat Sheet, PBKDF2-HMAC-SHA256. The page's policy bars WASM, so no argon2 here. */
const ITERATIONS = 600_000;
const SALT_BYTES = 16;
const HASH_BITS = 256;

async function derive(
  secret: string,
  { salt, iterations }: Pick<Verifier, 'salt' | 'iterations'>,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new TextEncoder().encode(secret);
  const key = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveBits']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, HASH_BITS));
}

/** Makes the verifier of a secret; takes about half a second of another thread. */
export async function makeVerifier(secret: string, iterations: number = ITERATIONS): Promise<Verifier> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  return { iterations, salt, hash: await derive(secret, { salt, iterations }) };
}

/** Takes as long whichever byte differs first. */
function areSame(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let index = 0; index < b.length; index += 1) difference |= (a[index] ?? 0) ^ (b[index] ?? 0);
  return difference === 0;
}

/** Tells whether this is the secret. A verifier cheaper to guess at than today's is no verifier. */
export async function isSecret(verifier: Verifier, secret: string): Promise<boolean> {
  if (verifier.iterations < ITERATIONS) return false;
  return areSame(await derive(secret, verifier), verifier.hash);
}
