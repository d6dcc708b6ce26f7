/**
 * Reads a stream of server-sent events and calls back once for each event with data. Comments (`: heartbeat`)
 * only show that the line is alive. Resolves when the stream ends. The content of a poke is of no use: what
 * changed is asked for from the cursor.
 */
export async function readPokes(
  body: ReadableStream<Uint8Array>,
  onPoke: () => void,
  onLife: () => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    onLife();
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split(/\r\n|\r|\n/);
    rest = lines.pop() ?? '';
    if (lines.some((line) => line.startsWith('data:'))) onPoke();
  }
}
