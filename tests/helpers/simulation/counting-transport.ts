import { changeSchema } from '#shared/protocol/sync.ts';
import type { Transport } from '#renderer/data/sync/transport.ts';
import type { Coverage } from './coverage.ts';

/** The same line, counting what the API decides and tells. */
export const countingTransport = (real: Transport, coverage: Coverage): Transport => ({
  ...real,
  push: async (request) => {
    const names = new Map(request.commands.map(({ id, name }) => [id, name.replace(/@.*/, '')]));
    const answer = await real.push(request);
    if (!answer.ok) return answer;
    for (const outcome of answer.value.outcomes) {
      const name = names.get(outcome.id) ?? '';
      coverage.count('outcomes of commands', `${name}: ${outcome.status}`);
      if (outcome.status === 'refused') coverage.count('refusals by the API', outcome.refusal.kind);
    }
    return answer;
  },
  changes: async (query) => {
    const answer = await real.changes(query);
    if (!answer.ok) return answer;
    for (const change of answer.value.changes) {
      const known = changeSchema.safeParse(change).data;
      coverage.count(
        'changes told',
        known === undefined ? 'put of an unknown kind' : `${known.op} ${known.entity}`,
      );
    }
    return answer;
  },
});
