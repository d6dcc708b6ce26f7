import { parseArgs } from 'node:util';
import { z } from 'zod';
import { benchStores } from './store/bench-stores.ts';

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '10000,100000' },
    reps: { type: 'string', default: '3' },
    candidates: { type: 'string', default: '' },
    peers: { type: 'boolean', default: false },
  },
});

const list = (text: string): string[] => text.split(',').filter((part) => part !== '');
const count = z.coerce.number().int().min(1);

await benchStores({
  sizes: list(values.n).map((size) => count.min(100).parse(size)),
  repetitions: count.parse(values.reps),
  candidates: list(values.candidates),
  peers: values.peers,
});
