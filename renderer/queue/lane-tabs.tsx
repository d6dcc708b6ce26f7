import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useLaneCounts } from '#renderer/app/console-context.tsx';
import { LANES, type Lane } from '#renderer/store/console-store.ts';
import classes from './queue.module.css';

const TONES: Partial<Record<Lane, 'soon' | 'late'>> = { promised: 'soon', overdue: 'late' };

const step = (index: number, key: string): number | null => {
  if (key === 'ArrowRight') return (index + 1) % LANES.length;
  if (key === 'ArrowLeft') return (index - 1 + LANES.length) % LANES.length;
  if (key === 'Home') return 0;
  return key === 'End' ? LANES.length - 1 : null;
};

/** The lanes with their counts. One stop of the Tab key; arrows move between lanes. */
export const LaneTabs = ({ current }: { readonly current: Lane }) => {
  const { t } = useTranslation();
  const counts = useLaneCounts();
  const [, goTo] = useLocation();
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const next = step(LANES.indexOf(current), event.key);
    if (next === null) return;
    event.preventDefault();
    goTo(`/queue/${LANES[next]}`);
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div className={classes['lanes']} role="tablist" aria-label={t('queue.lanes')} ref={list}>
      {LANES.map((lane) => (
        <button
          key={lane}
          type="button"
          role="tab"
          id={`lane-${lane}`}
          aria-selected={lane === current}
          aria-controls="queue-rows"
          tabIndex={lane === current ? 0 : -1}
          className={classes['lane']}
          onClick={() => goTo(`/queue/${lane}`)}
          onKeyDown={onKeyDown}
        >
          {t(`lane.${lane}`)}
          <span className={classes['laneCount']} data-tone={counts[lane] > 0 ? TONES[lane] : undefined}>{counts[lane]}</span>
        </button>
      ))}
    </div>
  );
};
