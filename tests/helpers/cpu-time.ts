/** Processor time this thread has used, ms. A busy neighbour stretches what a clock says, and not this. */
export function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** A fixed piece of computing of the kind that the server does: rows made, written, read and put in order. */
function piece(): number {
  const rows = Array.from({ length: 10_000 }, (_, id) => ({
    id,
    at: (id * 7919) % 10_007,
    text: `Строка ${id}`,
  }));
  const read = JSON.parse(JSON.stringify(rows)) as typeof rows;
  return read.toSorted((a, b) => a.at - b.at || a.id - b.id)[0]?.id ?? 0;
}

/**
 * Processor time that so many fixed pieces of computing take on this machine now, ms. A limit given in pieces
 * is the same on a fast machine and a slow one.
 */
export function piecesMs(count: number): number {
  for (let warming = 0; warming < 4; warming += 1) piece();
  const took = Array.from({ length: 9 }, () => {
    const start = cpuMs();
    piece();
    return cpuMs() - start;
  });
  return count * (took.toSorted((a, b) => a - b)[4] ?? 0);
}
