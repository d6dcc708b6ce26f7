/**
 * Declares globals of workers that the DOM library does not describe. The DOM and WebWorker libraries cannot
 * be loaded together, so the few things our workers use are declared here. In a worker write `declare const
 * self: DedicatedWorkerGlobalScope` (or `ServiceWorkerGlobalScope`) after the imports.
 */

interface FileSystemReadWriteOptions {
  at?: number;
}

interface FileSystemSyncAccessHandle {
  read(buffer: AllowSharedBufferSource, options?: FileSystemReadWriteOptions): number;
  write(buffer: AllowSharedBufferSource, options?: FileSystemReadWriteOptions): number;
  truncate(newSize: number): void;
  getSize(): number;
  flush(): void;
  close(): void;
}

interface FileSystemFileHandle {
  /** Only in a dedicated worker, only for files of the origin private file system. */
  createSyncAccessHandle(): Promise<FileSystemSyncAccessHandle>;
}

interface WorkerGlobalScope extends EventTarget, WindowOrWorkerGlobalScope {
  readonly location: { readonly href: string; readonly origin: string; readonly pathname: string };
  readonly navigator: Pick<Navigator, 'hardwareConcurrency' | 'language' | 'locks' | 'onLine' | 'storage'>;
}

interface DedicatedWorkerGlobalScope extends WorkerGlobalScope {
  readonly name: string;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  postMessage(message: unknown, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  close(): void;
}

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  readonly clientId: string;
  respondWith(response: Response | Promise<Response>): void;
}

interface ExtendableMessageEvent extends ExtendableEvent {
  readonly data: unknown;
}

interface WindowClient {
  readonly id: string;
  readonly url: string;
  postMessage(message: unknown): void;
}

interface ServiceWorkerGlobalScopeEventMap {
  install: ExtendableEvent;
  activate: ExtendableEvent;
  fetch: FetchEvent;
  message: ExtendableMessageEvent;
}

interface ServiceWorkerGlobalScope extends WorkerGlobalScope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options?: { type?: 'window'; includeUncontrolled?: boolean }): Promise<readonly WindowClient[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener<K extends keyof ServiceWorkerGlobalScopeEventMap>(
    type: K,
    listener: (event: ServiceWorkerGlobalScopeEventMap[K]) => void,
  ): void;
}
