import { hash, verify } from '@node-rs/argon2';
import { normalPassword } from '#shared/domain/password-rules.ts';

/** argon2id (the library's default kind) with OWASP's parameters: 19 MiB, 2 passes, 1 lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The hash to store. It carries its own salt and parameters. */
export function hashPassword(password: string): Promise<string> {
  return hash(normalPassword(password), PARAMETERS);
}

let decoy: Promise<string> | null = null;

/** Checks a password. Without a stored hash (no such account) it takes as long, and is false. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const isRight = await verify(stored ?? (await decoy), normalPassword(password));
  return isRight && stored !== null;
}
