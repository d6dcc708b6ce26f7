import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle, WebContents } from 'electron';
import { EVENT_CHANNEL, shellEventSchema, type ShellEvent } from '#shared/protocol/ipc.ts';
import { APP_HOME } from '#electron/app/app-address.ts';
import type { SavedBounds } from '#electron/settings/settings-schema.ts';
import { boundsFor, LEAST } from './window-bounds.ts';

/** The one window of the console, and what is said to its page. */
export interface MainWindow {
  /** Opens the window, or brings the open one to the front. */
  show(): void;
  /** The window when there is one. */
  current(): BrowserWindow | null;
  /** Says something to the page; what comes before the page listens is kept for it. */
  tell(event: ShellEvent): void;
  /** The page has asked for its state, so it listens. */
  listens(contents: WebContents): void;
  /** Ids of the pages that may call, for the registrar. */
  readonly knownIds: ReadonlySet<number>;
  /** How often the page's process died since the page last asked for its state. */
  readonly crashes: { count: number };
}

interface WindowParts {
  readonly create: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly preload: string;
  readonly displays: () => readonly Rectangle[];
  readonly saved: () => SavedBounds | null;
  readonly save: (bounds: SavedBounds) => void;
  readonly isDark: () => boolean;
}

/**
 * How a page of ours runs: sandboxed, apart from the preload script, without Node (Electron's security
 * checklist, items 2 to 10). All of it but the spell checker (security/spelling.ts) is Electron's own choice
 * today; it is written out so that no other version changes it.
 */
export const WEB_PREFERENCES = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const;

const SAVE_DELAY_MS = 400;
/** The console's own paper colours: an empty window must not flash white at night. */
const PAPER = { light: '#f6f7f9', dark: '#12171d' } as const;

function rememberBounds(window: BrowserWindow, save: WindowParts['save']): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const write = (): void => {
    timer = null;
    if (!window.isDestroyed()) save({ ...window.getNormalBounds(), isMaximized: window.isMaximized() });
  };
  const soon = (): void => {
    timer ??= setTimeout(write, SAVE_DELAY_MS);
  };
  for (const change of ['resize', 'move', 'maximize', 'unmaximize'] as const)
    window.on(change as 'resize', soon);
  window.on('close', () => {
    if (timer !== null) clearTimeout(timer);
    write();
  });
}

function openWindow(parts: WindowParts): BrowserWindow {
  const saved = parts.saved();
  const window = parts.create({
    ...boundsFor(saved, parts.displays()),
    minWidth: LEAST.width,
    minHeight: LEAST.height,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: parts.isDark() ? PAPER.dark : PAPER.light,
    webPreferences: { ...WEB_PREFERENCES, preload: parts.preload },
  });
  if (saved?.isMaximized === true) window.maximize();
  window.once('ready-to-show', () => window.show());
  rememberBounds(window, parts.save);
  return window;
}

/** Messages to the page; kept while nobody listens. */
function pageMessages() {
  let listener: WebContents | null = null;
  let waiting: ShellEvent[] = [];
  const send = (contents: WebContents, event: ShellEvent): void =>
    contents.send(EVENT_CHANNEL, shellEventSchema.parse(event));
  return {
    tell: (event: ShellEvent): void => {
      if (listener === null || listener.isDestroyed()) waiting.push(event);
      else send(listener, event);
    },
    listens: (contents: WebContents): void => {
      listener = contents;
      const kept = waiting;
      waiting = [];
      kept.forEach((event) => send(contents, event));
    },
    stopListening: (): void => {
      listener = null;
    },
  };
}

/** Makes the {@link MainWindow}; nothing is opened yet. */
export function createMainWindow(parts: WindowParts): MainWindow {
  const knownIds = new Set<number>();
  const { tell, listens, stopListening } = pageMessages();
  let window: BrowserWindow | null = null;

  const open = (): void => {
    const opened = openWindow(parts);
    const { webContents } = opened;
    const { id } = webContents;
    window = opened;
    knownIds.add(id);
    // A page that is loaded anew does not listen yet. Screens changing within the page are no such thing.
    webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) stopListening();
    });
    opened.on('closed', () => {
      knownIds.delete(id);
      window = null;
      stopListening();
    });
    // What stands in the way of loading is told by `did-fail-load`, see desktop/crash-recovery.ts.
    opened.loadURL(APP_HOME).catch(() => undefined);
  };

  const show = (): void => {
    if (window === null) return open();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };
  return { knownIds, crashes: { count: 0 }, current: () => window, show, tell, listens };
}
