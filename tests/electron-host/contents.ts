import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, CDPSession, Page, Route } from 'playwright-core';
import { makeCodec } from './codec.ts';
import { invoke } from './ipc.ts';
import { BINDING, DELIVER, pageScripts, WORLD } from './page-scripts.ts';
import { APP_ORIGIN, note, settings, toApp, toPage } from './state.ts';

const codec = makeCodec();
const known = new WeakSet<Page>();
let lastId = 0;

interface FrameLike {
  url: string;
  readonly parent: FrameLike | null;
}

interface Sent {
  readonly kind: 'invoke' | 'open';
  readonly id: number;
  readonly channel: string;
  readonly args: string;
}

/** Electron's `webContents` over one page of Chromium. */
export class HostContents extends EventEmitter {
  readonly id = (lastId += 1);
  readonly mainFrame: FrameLike = { url: '', parent: null };
  readonly #frames = new Map<number, string>();
  readonly #preload: string;
  #context: Promise<BrowserContext>;
  #page: Page | null = null;
  #line: CDPSession | null = null;
  #world: number | null = null;
  #expected = '';
  #openHandler: (details: { readonly url: string }) => { readonly action: 'deny' | 'allow' } = () => ({
    action: 'allow',
  });
  isGone = false;

  constructor(context: Promise<BrowserContext>, preload: string) {
    super();
    this.#context = context;
    this.#preload = readFileSync(preload, 'utf8');
  }

  setWindowOpenHandler(handler: typeof this.openHandlerType): void {
    this.#openHandler = handler;
  }
  declare readonly openHandlerType: (details: { readonly url: string }) => {
    readonly action: 'deny' | 'allow';
  };

  getURL = (): string => this.mainFrame.url;
  isDestroyed = (): boolean => this.isGone;

  async loadURL(address: string): Promise<void> {
    const page = await this.#open();
    this.#expected = toPage(address);
    await page.goto(this.#expected, { waitUntil: 'domcontentloaded' });
    this.emit('dom-ready', {});
    this.emit('did-finish-load', {});
  }

  reload(): void {
    void this.loadURL(toApp(this.#expected));
  }

  send(channel: string, ...args: unknown[]): void {
    void this.#deliver({ channel, args });
  }

  async #deliver(what: unknown): Promise<void> {
    if (this.#world === null) return;
    const expression = `${DELIVER}(${JSON.stringify(codec.write(what))})`;
    await this.#line?.send('Runtime.evaluate', { expression, contextId: this.#world }).catch(() => undefined);
  }

  async #open(): Promise<Page> {
    if (this.#page !== null) return this.#page;
    const context = await this.#context;
    const free = context.pages().find((page) => !known.has(page) && page.url() === 'about:blank');
    const page = free ?? (await context.newPage());
    known.add(page);
    this.#page = page;
    const line = await context.newCDPSession(page);
    this.#line = line;
    line.on('Runtime.executionContextCreated', ({ context: { id, name, auxData } }) => {
      this.#frames.set(id, String((auxData as { frameId?: string } | undefined)?.frameId));
      if (name === WORLD) this.#world = id;
    });
    line.on('Runtime.bindingCalled', ({ payload }) => void this.#hear(JSON.parse(payload) as Sent));
    await line.send('Page.enable');
    await line.send('Runtime.enable');
    await line.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD });
    const scripts = pageScripts(this.#preload, APP_ORIGIN);
    await line.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.main });
    await line.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.isolated, worldName: WORLD });
    page.on('crash', () => this.#died());
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.mainFrame.url = toApp(frame.url());
    });
    await page.route('**/*', (route) => this.#route(page, route));
    return page;
  }

  #died(): void {
    this.#page = null;
    this.#world = null;
    this.emit('render-process-gone', {}, { reason: 'killed', exitCode: 9 });
  }

  async #hear({ kind, id, channel, args }: Sent): Promise<void> {
    if (kind === 'open') {
      note('window.open', { url: channel, ...this.#openHandler({ url: channel }) });
      return;
    }
    const event = { sender: this, senderFrame: this.mainFrame, frameId: 1, processId: 1 };
    try {
      const value = await invoke(channel, event, codec.read(args) as unknown[]);
      await this.#deliver({ id, value });
    } catch (error) {
      await this.#deliver({ id, error: error instanceof Error ? error.message : String(error) });
    }
  }

  async #route(page: Page, route: Route): Promise<void> {
    const request = route.request();
    const url = request.url();
    const isOwn = url.startsWith(`${APP_ORIGIN}/`);
    if (request.isNavigationRequest()) {
      const isMainFrame = request.frame() === page.mainFrame();
      if (isMainFrame && url === this.#expected) {
        this.emit('did-start-navigation', { url: toApp(url), isMainFrame, isSameDocument: false });
        return route.continue();
      }
      let isStopped = false;
      const event = {
        url: toApp(url),
        isMainFrame,
        isSameDocument: false,
        preventDefault: () => (isStopped = true),
      };
      this.emit('will-frame-navigate', event);
      if (isMainFrame && !isStopped) this.emit('will-navigate', event);
      if (isStopped) {
        note('navigation stopped', { url: event.url, isMainFrame });
        return isMainFrame ? route.fulfill({ status: 204 }) : route.abort('blockedbyclient');
      }
      if (isMainFrame) this.emit('did-start-navigation', event);
    }
    if (isOwn) return route.continue();
    note('stray request', url);
    return route.abort('internetdisconnected');
  }

  /** Ends the page's process; nobody answers such a command. */
  killPage(): void {
    this.#line?.send('Page.crash').catch(() => undefined);
  }

  async getPrintersAsync(): Promise<readonly { readonly name: string }[]> {
    return settings.printers.map((name) => ({ name }));
  }

  print(options: unknown, callback: (isDone: boolean, reason: string) => void): void {
    note('print', options);
    callback(true, '');
  }

  async printToPDF(options: Record<string, boolean>): Promise<Buffer> {
    note('printToPDF', options);
    const { data } = await (await this.#lineReady()).send('Page.printToPDF', options);
    return Buffer.from(data, 'base64');
  }

  async #lineReady(): Promise<CDPSession> {
    for (;;) {
      if (this.#line !== null) return this.#line;
      await sleep(10);
    }
  }

  async closePage(): Promise<void> {
    this.isGone = true;
    await this.#page?.close();
  }
}
