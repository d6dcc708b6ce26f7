// Electron's main process API over Node and a real Chromium. See README.md for what it cannot show.
import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  BrowserWindowConstructorOptions,
  CustomScheme,
  MessageBoxSyncOptions,
  NotificationConstructorOptions,
} from 'electron';
import type { BrowserContext } from 'playwright-core';
import { startChromium } from './chromium.ts';
import { HostContents } from './contents.ts';
import { ipcMain as hostIpcMain } from './ipc.ts';
import { becomeFirst } from './only-one.ts';
import { appPackage, appPath, folders, note, records, schemes, settings } from './state.ts';
import { watchOutgoing } from './outgoing.ts';
import { netFetch } from './net.ts';
import { strict } from './strict.ts';
import type { HostOrder } from './settings.ts';

const switches: string[] = [];
let isReady = false;
let launched: Promise<BrowserContext> | null = null;
const shownNotifications: (EventEmitter & { readonly title: string | undefined })[] = [];

mkdirSync(settings.profile, { recursive: true });
watchOutgoing();

const browser = async (): Promise<BrowserContext> => (launched ??= startChromium(switches));

const beforeReady = (what: string): void => {
  if (isReady) throw new Error(`${what} must be called before the app is ready`);
};

/**
 * Electron writes what pages stored when it quits; this Chromium does so once no page holds the storage, and
 * ends without waiting.
 */
async function leave(code: number): Promise<void> {
  const context = await launched;
  await Promise.all((context?.pages() ?? []).map((page) => page.close().catch(() => undefined)));
  await sleep(700);
  await context?.close().catch(() => undefined);
  process.exit(code);
}

class HostApp extends EventEmitter {
  readonly isPackaged = process.env['PULT_HOST_PACKAGED'] === '1';
  readonly commandLine = strict('app.commandLine', {
    appendSwitch: (name: string, value?: string) => {
      beforeReady('appendSwitch');
      note('switch', { name, value });
      switches.push(value === undefined ? `--${name}` : `--${name}=${value}`);
    },
  });
  getVersion = (): string => appPackage.version;
  getName = (): string => appPackage.name;
  getAppPath = (): string => appPath;
  getPath = (name: string): string => {
    if (name === 'userData') return settings.profile;
    if (name === 'temp' || name === 'downloads') return join(settings.profile, name);
    throw new Error(`The test host has no path ${name}`);
  };
  enableSandbox = (): void => {
    beforeReady('enableSandbox');
    note('enableSandbox');
  };
  setPath = (name: string, path: string): void => {
    beforeReady('setPath');
    if (name !== 'sessionData') throw new Error(`The test host moves no path ${name}`);
    folders.session = path;
  };
  requestSingleInstanceLock = (data: unknown = {}): boolean =>
    becomeFirst(settings.profile, { argv: process.argv.slice(1), data }, (second) =>
      this.emit('second-instance', {}, second.argv, '', second.data),
    );
  setAsDefaultProtocolClient = (scheme: string): boolean => {
    note('setAsDefaultProtocolClient', scheme);
    return true;
  };
  setAppUserModelId = (id: string): void => note('setAppUserModelId', id);
  setBadgeCount = (count: number): boolean => {
    note('badge', count);
    return true;
  };
  whenReady = async (): Promise<void> => {
    await browser();
    isReady = true;
  };
  getLocale = (): string => 'ru';
  relaunch = (): void => note('relaunch');
  quit = (): void => void leave(0);
  exit = (code = 0): void => void leave(code);
}

export const app = strict('app', new HostApp());

class HostWindow extends EventEmitter {
  readonly webContents: HostContents;
  #bounds = { x: 0, y: 0, width: 0, height: 0 };

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    note('window', options);
    askForDictionary(options);
    const { x = 0, y = 0, width = 800, height = 600, webPreferences } = options;
    this.#bounds = { x, y, width, height };
    this.webContents = strict('webContents', new HostContents(browser(), String(webPreferences?.preload)));
    app.emit('web-contents-created', {}, this.webContents);
    this.webContents.once('dom-ready', () => this.emit('ready-to-show'));
  }

  loadURL = (address: string): Promise<void> => this.webContents.loadURL(address);
  show = (): void => note('show');
  focus = (): void => note('focus');
  maximize = (): void => note('maximize');
  restore = (): void => note('restore');
  isMinimized = (): boolean => false;
  isMaximized = (): boolean => false;
  isDestroyed = (): boolean => this.webContents.isGone;
  getNormalBounds = () => this.#bounds;

  moveTo(bounds: { x: number; y: number; width: number; height: number }): void {
    this.#bounds = bounds;
    this.emit('move');
  }

  async close(): Promise<void> {
    this.emit('close', {});
    await this.webContents.closePage();
    this.emit('closed');
    windows.delete(this);
    if (windows.size === 0) app.emit('window-all-closed');
  }
}

let isSpellingOn = true;

/**
 * Electron fetches the dictionary of the system's language at the first window that checks spelling, on Linux
 * and Windows.
 */
function askForDictionary({ webPreferences }: BrowserWindowConstructorOptions): void {
  if (isSpellingOn && webPreferences?.spellcheck !== false)
    note('stray request', 'https://redirector.gvt1.com/edgedl/chrome/dict/ru-ru-3-0.bdic');
}

const windows = new Set<HostWindow>();

export const BrowserWindow = class {
  constructor(options: BrowserWindowConstructorOptions) {
    const window = new HostWindow(options);
    windows.add(window);
    return strict('BrowserWindow', window);
  }
};

export const ipcMain = strict('ipcMain', hostIpcMain);

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged: (registered: readonly CustomScheme[]) => {
    beforeReady('protocol.registerSchemesAsPrivileged');
    if (schemes.registered.length > 0) throw new Error('registerSchemesAsPrivileged was called twice');
    schemes.registered = registered;
    note('schemes', registered);
  },
  handle: (scheme: string, handler: NonNullable<typeof schemes.handler>) => {
    if (!schemes.registered.some((known) => known.scheme === scheme))
      throw new Error(`The scheme ${scheme} is not privileged`);
    schemes.handler = handler;
  },
});

type Check = (contents: unknown, permission: string, origin: string) => boolean;
type Ask = (contents: unknown, permission: string, callback: (is: boolean) => void, details: object) => void;
const rules: { check: Check | null; ask: Ask | null } = { check: null, ask: null };

export const session = strict('session', {
  defaultSession: strict('session.defaultSession', {
    setPermissionRequestHandler: (handler: Ask) => void (rules.ask = handler),
    setPermissionCheckHandler: (handler: Check) => void (rules.check = handler),
    setDevicePermissionHandler: () => note('setDevicePermissionHandler'),
    setSpellCheckerEnabled: (isOn: boolean) => void (isSpellingOn = isOn),
  }),
});

export const net = strict('net', { fetch: netFetch });

const turn = (bytes: Uint8Array): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0x5a));

export const safeStorage = strict('safeStorage', {
  isAsyncEncryptionAvailable: async () => settings.keychain !== 'unavailable',
  getSelectedStorageBackend: () => (settings.keychain === 'unavailable' ? 'unknown' : settings.keychain),
  encryptStringAsync: async (text: string) => turn(Buffer.from(text)),
  decryptStringAsync: async (bytes: Buffer) => ({ shouldReEncrypt: false, result: turn(bytes).toString() }),
});

export const shell = strict('shell', {
  openExternal: async (address: string) => note('openExternal', address),
  showItemInFolder: (path: string) => note('showItemInFolder', path),
});

export const dialog = strict('dialog', {
  showSaveDialog: async (options: unknown) => {
    note('showSaveDialog', options);
    return { canceled: settings.savePath === null, filePath: settings.savePath ?? '' };
  },
  // The person closes the box.
  showMessageBoxSync: (options: MessageBoxSyncOptions): number => {
    note('showMessageBoxSync', options);
    return options.cancelId ?? 0;
  },
  showErrorBox: (title: string, text: string) => note('showErrorBox', { title, text }),
});

export const screen = strict('screen', {
  getAllDisplays: () => settings.displays.map((workArea) => ({ workArea })),
});

export const nativeTheme = strict('nativeTheme', { shouldUseDarkColors: false, themeSource: 'system' });

export const Menu = strict('Menu', {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown) => note('menu', menu),
});

export const powerMonitor = strict('powerMonitor', new EventEmitter());

export const Notification = class extends EventEmitter {
  readonly #options: NotificationConstructorOptions;
  static isSupported = (): boolean => true;
  constructor(options: NotificationConstructorOptions) {
    super();
    this.#options = options;
  }
  get title(): string | undefined {
    return this.#options.title;
  }
  show(): void {
    note('notification', this.#options);
    shownNotifications.push(this);
  }
};

async function obey(order: HostOrder): Promise<unknown> {
  switch (order.kind) {
    case 'records':
      return records;
    case 'second-instance':
      return app.emit('second-instance', {}, order.argv, '');
    case 'resume':
      return powerMonitor.emit('resume');
    case 'click-notification':
      return shownNotifications.findLast((notification) => notification.title === order.title)?.emit('click');
    case 'kill-page':
      return [...windows][0]?.webContents.killPage();
    case 'close-window':
      return [...windows][0]?.close();
    case 'permission': {
      const origin = 'app://pult/';
      let isAllowed = false;
      rules.ask?.(null, order.permission, (is) => (isAllowed = is), { requestingUrl: origin });
      return [isAllowed, rules.check?.(null, order.permission, origin)];
    }
    default:
      return order satisfies never;
  }
}

process.on('message', ({ id, order }: { id: number; order: HostOrder }) => {
  void obey(order).then((value) => process.send?.({ id, value: value ?? null }));
});
process.on('disconnect', () => void leave(0));
process.on('SIGTERM', () => void leave(0));

// electron-store asks for the default export.
const electron = {
  app,
  BrowserWindow,
  ipcMain,
  protocol,
  session,
  net,
  safeStorage,
  shell,
  dialog,
  screen,
  nativeTheme,
  Menu,
  powerMonitor,
  Notification,
};
export { electron as default };
