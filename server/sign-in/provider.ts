import type { Configuration, ServerMetadata } from 'openid-client';
import { MS_PER_MINUTE, type Instant } from '#shared/domain/instant.ts';
import type { ProviderSettings } from '#shared/protocol/sign-in.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { configure, discover } from './configure.ts';
import type { ProviderCalls } from './provider-call.ts';
import { openAccess, readProvider, type KeptProvider } from './provider-settings.ts';
import { SignInRefused } from './sign-in-refused.ts';

/** Parts that people are signed in with. */
export interface SignInDeps extends ProviderCalls {
  readonly db: Database;
  readonly now: () => Instant;
  /** The installation's key (server/channels/pages/secrets.ts): it seals secrets of providers. */
  readonly key: Buffer;
}

/** A region's provider, ready to be asked. */
export interface Provider {
  readonly settings: ProviderSettings;
  readonly config: Configuration;
  readonly metadata: ServerMetadata;
}

/** Time that what a provider says of itself is believed: whoever knocks at the door makes no call by that. */
const KEPT_MS = 5 * MS_PER_MINUTE;

interface Discovered {
  readonly changedAt: Instant;
  readonly at: Instant;
  readonly metadata: Promise<ServerMetadata>;
}

/** The providers of all regions, as each process has read about them. */
export class Providers {
  readonly #deps: SignInDeps;
  readonly #known = new Map<string, Discovered>();

  constructor(deps: SignInDeps) {
    this.#deps = deps;
  }

  /** Gives a region's provider. Throws SignInRefused where there is none, or it does not answer as one. */
  async of(region: string): Promise<Provider> {
    const { db, key } = this.#deps;
    const kept = await withScope(db, { region }, (tx) => readProvider(tx, region));
    if (kept?.settings.isOn !== true) throw new SignInRefused('off');
    const { settings, sealed } = kept;
    const access = sealed === null ? null : openAccess(key, region, sealed);
    if (sealed !== null && access === null) throw new SignInRefused('secret');
    const metadata = await this.#metadataOf(region, kept);
    return { settings, metadata, config: configure(settings, access, metadata, this.#deps) };
  }

  /** Reads anew what a region's provider says of itself. Throws SignInRefused. */
  async ask(region: string): Promise<ServerMetadata> {
    this.#known.delete(region);
    const kept = await withScope(this.#deps.db, { region }, (tx) => readProvider(tx, region));
    if (kept === null) throw new SignInRefused('off');
    return this.#metadataOf(region, kept);
  }

  #metadataOf(region: string, { settings, changedAt }: KeptProvider): Promise<ServerMetadata> {
    const now = this.#deps.now();
    const known = this.#known.get(region);
    if (known?.changedAt === changedAt && now - known.at < KEPT_MS) return known.metadata;
    const found = { changedAt, at: now, metadata: discover(settings, this.#deps) };
    this.#known.set(region, found);
    found.metadata.catch(() => {
      if (this.#known.get(region) === found) this.#known.delete(region);
    });
    return found.metadata;
  }
}
