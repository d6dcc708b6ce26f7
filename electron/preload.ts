// The only script that sees both Electron and the page. One CJS file, sandboxed; gives the page functions
// with fixed channels and never an object of Electron's (its security checklist, item 20).
import { contextBridge, ipcRenderer } from 'electron';
import type {
  IpcChannel,
  IpcReply,
  RequestOf,
  ResponseOf,
  ShellBridge,
  ShellEvent,
} from '#shared/protocol/ipc.ts';

const to =
  <C extends IpcChannel>(channel: C) =>
  (request: RequestOf<C>): Promise<IpcReply<ResponseOf<C>>> =>
    ipcRenderer.invoke(channel, request) as Promise<IpcReply<ResponseOf<C>>>;

const bridge = {
  call: {
    'shell.state': to('shell.state'),
    'shell.checkAddress': to('shell.checkAddress'),
    'shell.useAddress': to('shell.useAddress'),
    'shell.resetSettings': to('shell.resetSettings'),
    'shell.showSettings': to('shell.showSettings'),
    'shell.setUpdateAddress': to('shell.setUpdateAddress'),
    'shell.trySqlite': to('shell.trySqlite'),
    'signIn.begin': to('signIn.begin'),
    'signIn.end': to('signIn.end'),
    'signIn.cancel': to('signIn.cancel'),
    'journal.append': to('journal.append'),
    'journal.read': to('journal.read'),
    'journal.replace': to('journal.replace'),
    'waiting.write': to('waiting.write'),
    'waiting.read': to('waiting.read'),
    'waiting.list': to('waiting.list'),
    'waiting.remove': to('waiting.remove'),
    'copy.remove': to('copy.remove'),
    'desktop.appearance': to('desktop.appearance'),
    'desktop.badge': to('desktop.badge'),
    'desktop.notify': to('desktop.notify'),
    'desktop.openExternal': to('desktop.openExternal'),
    'desktop.print': to('desktop.print'),
    'desktop.savePdf': to('desktop.savePdf'),
    'update.check': to('update.check'),
    'update.download': to('update.download'),
    'update.install': to('update.install'),
  },
  onEvent: (listener) => {
    const hear = (_event: unknown, message: ShellEvent): void => listener(message);
    ipcRenderer.on('shell.event', hear);
    return () => ipcRenderer.off('shell.event', hear);
  },
} satisfies ShellBridge;

contextBridge.exposeInMainWorld('pultShell', bridge);
