import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SafeStorage } from 'electron';
import { z } from 'zod';
import type { Keeping } from '#shared/protocol/ipc.ts';
import type { Log } from '#electron/app/log.ts';

const ticketSchema = z.object({
  /** The address that gave the token; it is shown to no other. */
  addresses: z.array(z.string()),
  token: z.string(),
  expiresAt: z.number(),
});

/** A session of the central API: what lets this workstation in until it runs out. */
export type Ticket = z.infer<typeof ticketSchema>;

/** Keeps the ticket between starts in the system's keychain, or says why it may not. */
export interface Credentials {
  /** True when tickets outlive this process here. */
  keeping(): Keeping;
  /** The ticket of the last time; null when there is none or it cannot be read. */
  read(): Promise<Ticket | null>;
  keep(ticket: Ticket): Promise<void>;
  forget(): void;
}

type Safe = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

interface CredentialsParts {
  readonly safeStorage: Safe;
  readonly platform: NodeJS.Platform;
  readonly path: string;
  readonly log: Log;
}

/**
 * Linux without a keychain encrypts with a password that is the same everywhere (Electron, safeStorage,
 * `basic_text`): as good as plain text, so it counts as none. Expected on Astra's Fly and on MATE.
 */
async function keepingOf({ safeStorage, platform }: CredentialsParts): Promise<Keeping> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return 'unavailable';
  return platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text'
    ? 'basic_text'
    : 'kept';
}

/**
 * Opens the keychain. To be called once Electron is ready: before that it does not know which one the system
 * has.
 */
export async function openCredentials(parts: CredentialsParts): Promise<Credentials> {
  const { safeStorage, path, log } = parts;
  let keeping = await keepingOf(parts);
  const forget = (): void => rmSync(path, { force: true });
  // What another keychain left behind is not to lie about.
  if (keeping !== 'kept') forget();
  return {
    keeping: () => keeping,
    read: async () => {
      if (keeping !== 'kept') return null;
      let bytes: Buffer;
      try {
        bytes = readFileSync(path);
      } catch {
        return null;
      }
      try {
        const { result } = await safeStorage.decryptStringAsync(bytes);
        return ticketSchema.parse(JSON.parse(result));
      } catch (error) {
        log.error('the kept session cannot be read', error);
        keeping = 'unreadable';
        forget();
        return null;
      }
    },
    keep: async (ticket) => {
      if (keeping === 'unreadable') keeping = 'kept';
      if (keeping !== 'kept') return;
      const bytes = await safeStorage.encryptStringAsync(JSON.stringify(ticket));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes, { mode: 0o600 });
    },
    forget,
  };
}
