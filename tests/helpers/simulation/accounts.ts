import type { Actor } from '#shared/domain/actor.ts';
import type { SyncSession } from '#server/sync/sync-session.ts';

/** Rights of an account now. `closed`: its owner was dismissed. */
export interface Rights {
  readonly role: SyncSession['role'];
  readonly agency: string | null;
  readonly closed: boolean;
}

/** Accounts of a region as an administrator sets them; a session asks at every request, as the API does. */
export class Accounts {
  readonly #region: string;
  readonly #rights = new Map<string, Rights>();

  constructor(region: string) {
    this.#region = region;
  }

  set(account: string, rights: Rights): void {
    this.#rights.set(account, rights);
  }

  sessionOf({ id, role, agency }: Actor): SyncSession {
    if (role === 'system') throw new Error('The system does not log in');
    const { closed, ...rights } = this.#rights.get(id) ?? { role, agency, closed: false };
    return { region: this.#region, account: id, ...rights, isDisabled: closed };
  }
}
