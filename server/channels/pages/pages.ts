import { v7 as uuidv7 } from 'uuid';
import type { Instant } from '#shared/domain/instant.ts';
import type { ChannelProblem, ChannelSettings, ChannelState, NewChannel } from '#shared/protocol/channels.ts';
import type { NetworkConnector } from '#server/channels/networks/connector.ts';
import { CONNECTORS, type Connectors } from '#server/channels/networks/connectors.ts';
import { paceOf } from '#server/channels/networks/pace.ts';
import { pageSecretsSchema, type PageSecrets } from '#server/channels/networks/page-secrets.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { KnownPages } from './known-pages.ts';
import {
  insertPage,
  noteTrouble,
  pageOf,
  updatePage,
  updatePageState,
  type PageKey,
  type PageWithRules,
} from './page-rows.ts';
import { callbackPath } from './read-pages.ts';
import { seal, unseal } from './secrets.ts';

/** A page is asked for once in so long. */
const REMEMBERED_MS = 5000;
const MAX_REMEMBERED = 1000;

/** A page and what speaks with its network. */
export interface ConnectedPage {
  readonly page: PageWithRules;
  readonly connector: NetworkConnector;
}

/** Made of what `Pages` works with. */
export interface PagesDeps {
  readonly db: Database;
  readonly now: () => Instant;
  /** Seals the pages' secrets: `channelKey`. */
  readonly key: Buffer;
  /** Where networks reach this API, `https://pult.example`; null when nobody said. */
  readonly publicUrl: string | null;
  readonly connectors?: Connectors;
}

/**
 * The official pages of all regions: added, changed and found by their ids, their secrets sealed in the
 * database.
 */
export class Pages {
  readonly #deps: PagesDeps & { readonly connectors: Connectors };
  readonly #known: KnownPages;
  readonly #found = new Map<string, { readonly at: Instant; readonly page: Promise<PageWithRules | null> }>();

  constructor(deps: PagesDeps) {
    this.#deps = { connectors: CONNECTORS, ...deps };
    this.#known = new KnownPages(deps.db, deps.now);
  }

  /** Adds a page; its secrets are sealed before they are written. Gives its id. */
  async add(region: string, page: NewChannel): Promise<string> {
    const { db, now } = this.#deps;
    const key = { region, id: uuidv7() };
    const sealed = this.#seal(key, pageSecretsSchema.parse(page));
    await withScope(db, { region }, (tx) => insertPage(tx, key, page, { sealed, now: now() }));
    this.forget();
    return key.id;
  }

  /**
   * Changes what an administrator may change of a page; a secret that is null stays as it was. False when
   * there is no such page.
   */
  async edit(region: string, id: string, settings: ChannelSettings): Promise<boolean> {
    const page = await this.find(region, id);
    if (page === null) return false;
    const { token, readToken, applicationKey, applicationSecret, secret, confirmation } = settings;
    const typed = { token, readToken, applicationKey, applicationSecret, secret, confirmation };
    const changed = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== null));
    const sealed = this.#seal(page, { ...page.secrets, ...changed });
    await withScope(this.#deps.db, { region }, (tx) => updatePage(tx, page, settings, sealed));
    this.forget();
    return true;
  }

  /** Switches a page on or off, or takes it out of sight for good. False when there is no such page. */
  async setState(region: string, id: string, state: ChannelState): Promise<boolean> {
    const { db, now } = this.#deps;
    const isFound = await withScope(db, { region }, (tx) =>
      updatePageState(tx, { region, id }, state, now()),
    );
    this.forget();
    return isFound;
  }

  /** Notes what stands in a page's way, or that nothing does any more. */
  async noteTrouble(page: PageKey, trouble: ChannelProblem | null): Promise<void> {
    await withScope(this.#deps.db, { region: page.region }, (tx) => noteTrouble(tx, page, trouble));
  }

  /** Has pages read anew: one of them was changed here. Other processes notice within seconds. */
  forget(): void {
    this.#found.clear();
    this.#known.forget();
  }

  /**
   * One page with its secrets opened; null when there is none. May be some seconds old. Of many who ask at
   * once, one asks the database.
   */
  find(region: string, id: string): Promise<PageWithRules | null> {
    const name = `${region}/${id}`;
    const known = this.#found.get(name);
    const now = this.#deps.now();
    if (known !== undefined && now - known.at < REMEMBERED_MS) return known.page;
    if (this.#found.size >= MAX_REMEMBERED) this.#found.clear();
    const read = { at: now, page: this.#read(region, id) };
    this.#found.set(name, read);
    // What failed is not kept: the next one asks anew.
    read.page.catch(() => this.#found.get(name) === read && this.#found.delete(name));
    return read.page;
  }

  /**
   * As {@link find}, with the page's connector; null also when this program has none (a newer one wrote the
   * page).
   */
  async connect(region: string, id: string): Promise<ConnectedPage | null> {
    const page = await this.find(region, id);
    const connector = page === null ? null : this.connector(page.network);
    return page === null || connector === null ? null : { page, connector };
  }

  /** As {@link connect}, for a caller who may be anybody: one who makes ids up costs the database nothing. */
  async connectCalled(region: string, id: string): Promise<ConnectedPage | null> {
    return (await this.#known.has(region, id)) ? this.connect(region, id) : null;
  }

  /** The connector of a network; null when this program has none. */
  connector(network: string): NetworkConnector | null {
    return this.#deps.connectors[network] ?? null;
  }

  /** The address that the network calls for a page; null when it cannot reach us. */
  callbackUrl({ region, id }: PageKey): string | null {
    const { publicUrl } = this.#deps;
    return publicUrl === null ? null : `${publicUrl}${callbackPath(region, id)}`;
  }

  #seal({ region, id }: PageKey, secrets: PageSecrets): string {
    return seal(this.#deps.key, `${region}/${id}`, secrets);
  }

  async #read(region: string, id: string): Promise<PageWithRules | null> {
    const { db, key } = this.#deps;
    const row = await withScope(db, { region }, (tx) =>
      tx
        .selectFrom('channel')
        .selectAll()
        .where('region_id', '=', region)
        .where('id', '=', id)
        .executeTakeFirst(),
    );
    return row === undefined
      ? null
      : pageOf(row, unseal(key, `${region}/${id}`, row.secrets), paceOf(db, region));
  }
}
