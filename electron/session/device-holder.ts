import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Log } from '#electron/app/log.ts';

const deviceSchema = z.object({
  /** The addresses that know this device by the token; it is shown to no other. */
  addresses: z.array(z.string()),
  token: z.string(),
});

/**
 * The token that tells this device from others at the centre, so that wrong passwords elsewhere do not make
 * its people wait. It lets nobody in and outlives every session, so it lies in a plain file.
 */
export interface DeviceHolder {
  tokenFor(address: string): string | undefined;
  take(addresses: readonly string[], token: string): void;
}

function read(path: string): z.infer<typeof deviceSchema> | null {
  try {
    return deviceSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

/** Begins with the token of the last start; without one this is a device that nobody knows yet. */
export function holdDevice(path: string, log: Log): DeviceHolder {
  let held = read(path);
  return {
    tokenFor: (address) => (held?.addresses.includes(address) === true ? held.token : undefined),
    take: (addresses, token) => {
      held = { addresses: [...addresses], token };
      try {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, JSON.stringify(held), { mode: 0o600 });
      } catch (error) {
        log.error('the device was not kept', error);
      }
    },
  };
}
