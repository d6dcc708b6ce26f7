import { EventEmitter } from 'node:events';
import { beforeEach, expect, test } from 'vitest';
import type { UpdateState } from '#shared/protocol/ipc.ts';
import { createUpdates, type Updater, type Updates } from '#electron/desktop/updates.ts';

/** Says what electron-updater would say, and keeps what it is asked for. */
class Feed extends EventEmitter implements Updater {
  autoDownload = true;
  autoInstallOnAppQuit = true;
  allowDowngrade = true;
  readonly calls: string[] = [];
  newest: string | null = '2.0.0';
  setFeedURL = ({ url }: { readonly url: string }): void => void this.calls.push(url);
  checkForUpdates = async (): Promise<void> => {
    this.calls.push('check');
    if (this.newest === null) throw new Error('net::ERR_CONNECTION_REFUSED');
    this.emit('update-available', { version: this.newest });
  };
  downloadUpdate = async (): Promise<void> => {
    this.calls.push('download');
    this.emit('download-progress', { percent: 40 });
    this.emit('update-downloaded', { version: this.newest });
  };
  quitAndInstall = (): void => void this.calls.push('install');
}

const OURS = 'https://updates.example/pult';
let feed: Feed;
let address: string;
let loads: number;
let states: UpdateState[];
let updates: Updates;

beforeEach(() => {
  [feed, address, loads, states] = [new Feed(), OURS, 0, []];
  updates = createUpdates({
    load: async () => {
      loads += 1;
      return feed;
    },
    address: () => address,
    onState: (state) => states.push(state),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
});

test('without an address nothing of the updater is even loaded', async () => {
  address = '';
  await updates.check();
  await updates.download();
  await updates.install();
  expect([loads, feed.calls, updates.state()]).toEqual([0, [], { kind: 'off' }]);
});

test('only the configured address is asked, and nothing is fetched or changed without a word of the person', async () => {
  await updates.check();
  expect(feed).toMatchObject({ autoDownload: false, autoInstallOnAppQuit: false, allowDowngrade: false });
  expect(feed.calls).toEqual([OURS, 'check']);
  expect(updates.state()).toEqual({ kind: 'available', version: '2.0.0' });
  await updates.install();
  expect(feed.calls).not.toContain('install');
});

test('two words of the person: one to fetch, one to change over', async () => {
  await updates.check();
  await updates.download();
  expect(states.map(({ kind }) => kind)).toEqual(['available', 'downloading', 'ready']);
  await updates.install();
  expect(feed.calls.filter((what) => what !== OURS)).toEqual(['check', 'download', 'install']);
});

test('what is not offered cannot be fetched, and a failure is said in the system’s words', async () => {
  await updates.download();
  feed.newest = null;
  await updates.check();
  expect(feed.calls).not.toContain('download');
  expect(updates.state()).toEqual({ kind: 'failed', message: 'net::ERR_CONNECTION_REFUSED' });
  address = 'https://elsewhere.example';
  feed.newest = '2.0.1';
  await updates.check();
  expect(feed.calls.at(-2)).toBe(address);
  expect(loads).toBe(1);
});
