import type { IpcChannel, IpcRefusal, RequestOf, ResponseOf, ShellBridge } from '#shared/protocol/ipc.ts';

declare global {
  interface Window {
    /** Given by the shell's preload script; absent in a browser. */
    readonly pultShell?: ShellBridge;
  }
}

/** The shell around this page, or null in a browser. */
export const shellBridge = (): ShellBridge | null => window.pultShell ?? null;

/**
 * The shell refused a call; `kind` has a sentence under `shell.refused.<kind>`, the message is the system's
 * own words. Named by its kind: of an error that goes on to a worker nothing else arrives.
 */
export class ShellRefused extends Error {
  readonly kind: IpcRefusal;

  constructor(kind: IpcRefusal, message: string) {
    super(message);
    this.kind = kind;
    this.name = kind;
  }
}

/** Calls the shell. Throws {@link ShellRefused}. */
export async function callShell<C extends IpcChannel>(
  bridge: ShellBridge,
  channel: C,
  request: RequestOf<C>,
): Promise<ResponseOf<C>> {
  const reply = await bridge.call[channel](request);
  if (!reply.ok) throw new ShellRefused(reply.error.kind, reply.error.message);
  return reply.value;
}
