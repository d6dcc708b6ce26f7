import type { UpdateState } from '#shared/protocol/ipc.ts';
import type { Log } from '#electron/app/log.ts';

/** The part of electron-updater's `autoUpdater` that is used. */
export interface Updater {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  allowDowngrade: boolean;
  setFeedURL(options: { readonly provider: 'generic'; readonly url: string }): void;
  on(
    event: 'update-available' | 'update-not-available' | 'update-downloaded',
    listener: (info: { readonly version: string }) => void,
  ): unknown;
  on(event: 'download-progress', listener: (info: { readonly percent: number }) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  checkForUpdates(): Promise<unknown>;
  downloadUpdate(): Promise<unknown>;
  quitAndInstall(): void;
}

interface UpdatesParts {
  /** Loaded at the first use: without an address nothing of it ever runs. */
  readonly load: () => Promise<Updater>;
  readonly address: () => string;
  readonly onState: (state: UpdateState) => void;
  readonly log: Log;
}

/**
 * New versions, from the customer's own address and by the person's word only: once to fetch, once to change
 * over.
 */
export interface Updates {
  state(): UpdateState;
  check(): Promise<void>;
  download(): Promise<void>;
  install(): Promise<void>;
}

/**
 * Makes the {@link Updates}. A download is refused unless its checksum is the one the address's own list
 * names.
 */
export function createUpdates(parts: UpdatesParts): Updates {
  return new OwnUpdates(parts);
}

class OwnUpdates implements Updates {
  readonly #parts: UpdatesParts;
  #updater: Promise<Updater> | null = null;
  #state: UpdateState = { kind: 'idle' };
  #version = '';

  constructor(parts: UpdatesParts) {
    this.#parts = parts;
  }

  state(): UpdateState {
    return this.#parts.address() === '' ? { kind: 'off' } : this.#state;
  }

  async check(): Promise<void> {
    await this.#quietly((updater) => updater.checkForUpdates());
  }

  async download(): Promise<void> {
    if (this.#state.kind === 'available') await this.#quietly((updater) => updater.downloadUpdate());
  }

  async install(): Promise<void> {
    if (this.#state.kind === 'ready') (await this.#current())?.quitAndInstall();
  }

  #become(next: UpdateState): void {
    this.#state = next;
    this.#parts.onState(this.state());
  }

  #fail(error: unknown): void {
    this.#parts.log.error('updating failed', error);
    this.#become({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }

  async #quietly(work: (updater: Updater) => Promise<unknown>): Promise<void> {
    try {
      const updater = await this.#current();
      if (updater !== null) await work(updater);
    } catch (error) {
      this.#fail(error);
    }
  }

  async #current(): Promise<Updater | null> {
    const url = this.#parts.address();
    if (url === '') return null;
    this.#updater ??= this.#prepared();
    const updater = await this.#updater;
    updater.setFeedURL({ provider: 'generic', url });
    return updater;
  }

  async #prepared(): Promise<Updater> {
    const updater = await this.#parts.load();
    updater.autoDownload = false;
    updater.autoInstallOnAppQuit = false;
    updater.allowDowngrade = false;
    updater.on('update-available', ({ version }) => {
      this.#version = version;
      this.#become({ kind: 'available', version });
    });
    updater.on('update-not-available', () => this.#become({ kind: 'idle' }));
    updater.on('download-progress', ({ percent }) =>
      this.#become({ kind: 'downloading', version: this.#version, percent }),
    );
    updater.on('update-downloaded', ({ version }) => this.#become({ kind: 'ready', version }));
    updater.on('error', (error) => this.#fail(error));
    return updater;
  }
}
