type Ending = () => Promise<void>;

const endings = new Set<Ending>();
let isListening = false;
let isEnding = false;

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** Runs all endings, last begun first, and ends the process. */
export async function shutDown(exitCode: number): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  // Last begun, first ended: the API closes before the database under it.
  for (const ending of [...endings].reverse()) {
    try {
      await ending();
    } catch (error) {
      process.stderr.write(`While stopping: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  process.exit(exitCode);
}

function listen(): void {
  if (isListening) return;
  isListening = true;
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void shutDown(128 + SIGNAL_NUMBERS[signal]));
  }
}

/**
 * Has `ending` run when this process is asked to stop (Ctrl+C, SIGTERM, SIGHUP). Gives back a way to forget
 * it.
 */
export function onShutdown(ending: Ending): () => void {
  listen();
  endings.add(ending);
  return () => endings.delete(ending);
}
