import { Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useLaneCounts } from '#renderer/kit/context/console-context.tsx';
import { LANES, type Lane } from '#renderer/data/store/console-store.ts';
import classes from './queue.module.css';

const TONES: Partial<Record<Lane, 'soon' | 'late'>> = { promised: 'soon', burning: 'soon', overdue: 'late' };

/**
 * Lanes a shift lives in, so that what burns is always in sight; promises stand in the navigation, the others
 * behind «more».
 */
const TABS: readonly Lane[] = ['new', 'mine', 'agencies', 'approval', 'publishing', 'burning', 'overdue'];
const MORE = LANES.filter((lane) => !TABS.includes(lane));

const step = (index: number, key: string): number | null => {
  if (key === 'ArrowRight') return (index + 1) % TABS.length;
  if (key === 'ArrowLeft') return (index - 1 + TABS.length) % TABS.length;
  if (key === 'Home') return 0;
  return key === 'End' ? TABS.length - 1 : null;
};

const MoreLanes = ({ current }: { readonly current: Lane }) => {
  const { t } = useTranslation();
  const counts = useLaneCounts();
  const [, goTo] = useLocation();
  const isHere = MORE.includes(current);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button
          type="button"
          id={isHere ? `lane-${current}` : undefined}
          className={`${classes['lane']} ${classes['more']}`}
          data-on={isHere}
        >
          {isHere ? t(`lane.${current}`) : t('queue.moreLanes')}
          <IconChevronDown size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {MORE.map((lane) => (
          <Menu.Item key={lane} rightSection={counts[lane]} onClick={() => goTo(`/queue/${lane}`)}>
            {t(`lane.${lane}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};

/** The lanes with their counts. One stop of the Tab key; arrows move between lanes. */
export const LaneTabs = ({ current }: { readonly current: Lane }) => {
  const { t } = useTranslation();
  const counts = useLaneCounts();
  const [, goTo] = useLocation();
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const next = step(TABS.indexOf(current), event.key);
    if (next === null) return;
    event.preventDefault();
    goTo(`/queue/${TABS[next]}`);
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div className={classes['lanes']}>
      <div className={classes['tabs']} role="tablist" aria-label={t('queue.lanes')} ref={list}>
        {TABS.map((lane, index) => (
          <button
            key={lane}
            type="button"
            role="tab"
            id={`lane-${lane}`}
            aria-selected={lane === current}
            aria-controls="queue-rows"
            tabIndex={lane === current || (index === 0 && !TABS.includes(current)) ? 0 : -1}
            className={classes['lane']}
            onClick={() => goTo(`/queue/${lane}`)}
            onKeyDown={onKeyDown}
          >
            {t(`lane.${lane}`)}
            {counts[lane] > 0 && (
              <span className={classes['laneCount']} data-tone={TONES[lane]}>
                {counts[lane]}
              </span>
            )}
          </button>
        ))}
      </div>
      <MoreLanes current={current} />
    </div>
  );
};
