/** Processor time this thread has used, ms. A busy neighbour stretches what a clock says, and not this. */
export function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
