import { useMemo } from 'react';
import { wordDiff } from './word-diff.ts';

const TAGS = { gone: 'del', new: 'ins', same: 'span' } as const;

/** Two texts laid over each other: taken out, put in, left as it was. */
export const Diff = ({ before, after }: { readonly before: string; readonly after: string }) => {
  const stretches = useMemo(() => wordDiff(before, after), [before, after]);
  return (
    <p lang="ru">
      {stretches.map(({ kind, text }, place) => {
        const Tag = TAGS[kind];
        return <Tag key={`${kind} ${place}`}>{text}</Tag>;
      })}
    </p>
  );
};
