import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Instant } from '#shared/domain/instant.ts';
import type { RoutingRule } from '#shared/domain/routing.ts';
import type { RouteGap } from '#shared/domain/route-cover.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { agencyName, municipalityName } from '#renderer/kit/context/reference.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import type { RouteLine } from './route-lines.ts';
import classes from './routes.module.css';

const LINE_HEIGHT = 54;
const GROUP_HEIGHT = 40;

interface Props {
  readonly lines: readonly RouteLine[];
  readonly now: Instant;
}

/** Lines of routes, as many as there are: those in sight are drawn. Arrows go from one to the next. */
export function RouteLines({ lines, now }: Props) {
  const { t } = useTranslation();
  const body = useRef<HTMLDivElement | null>(null);
  // The compiler leaves this component alone, which is all this rule asks for.
  // oxlint-disable-next-line react/incompatible-library
  const list = useVirtualizer({
    count: lines.length,
    getScrollElement: () => body.current,
    estimateSize: (index) => (lines[index]?.kind === 'group' ? GROUP_HEIGHT : LINE_HEIGHT),
    overscan: 8,
  });
  const step = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = Number((event.target as HTMLElement).closest('li')?.dataset['index'] ?? Number.NaN);
    if (by === undefined || Number.isNaN(at)) return;
    event.preventDefault();
    const next = lines[at + by]?.kind === 'group' ? at + 2 * by : at + by;
    body.current?.querySelector<HTMLElement>(`li[data-index="${next}"] a`)?.focus();
  };
  return (
    <div ref={body} className={classes['scroll']}>
      <ul style={{ height: list.getTotalSize() }} aria-label={t('routes.title')}>
        {list.getVirtualItems().map(({ key, index, start, size }) => {
          const line = lines[index];
          return (
            <li
              key={key}
              data-index={index}
              data-group={line?.kind === 'group' ? '' : undefined}
              style={{ transform: `translateY(${start}px)`, height: size }}
              aria-setsize={lines.length}
              aria-posinset={index + 1}
            >
              {line !== undefined && <OneLine line={line} now={now} onKeyDown={step} />}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

interface LineProps {
  readonly now: Instant;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function OneLine({ line, ...rest }: LineProps & { readonly line: RouteLine }) {
  const { t } = useTranslation();
  if (line.kind === 'route') return <RouteRow route={line.route} {...rest} />;
  if (line.kind === 'gap') return <GapRow gap={line.gap} onKeyDown={rest.onKeyDown} />;
  return (
    <h2>
      {line.group === '' ? t('routes.allTopics') : line.group}{' '}
      <span>{t('routes.lines', { count: line.count })}</span>
    </h2>
  );
}

function RouteRow({ route, now, onKeyDown }: LineProps & { readonly route: RoutingRule }) {
  const { t } = useTranslation();
  const reference = useReference();
  const when = useWhen();
  const { topic, group, municipality, agency, unit, validFrom, validTo } = route;
  const details = [
    unit ?? '',
    validFrom !== undefined && validFrom > now ? t('directory.from', { day: when.date(validFrom, now) }) : '',
    validTo === undefined ? '' : t('directory.until', { day: when.date(validTo - 1, now) }),
  ].filter(Boolean);
  return (
    <Link href={`/routes/${encodeURIComponent(route.id)}`} onKeyDown={onKeyDown}>
      <span className={classes['what']}>
        <b>{topic ?? (group === undefined ? t('routes.anyTopic') : t('routes.wholeGroup'))}</b>
        <span>
          {municipality === undefined ? t('routes.everywhere') : municipalityName(reference, municipality)}
        </span>
      </span>
      <span className={classes['whom']}>
        <b>{agencyName(reference, agency)}</b>
        <span>{details.join(' · ')}</span>
      </span>
    </Link>
  );
}

interface GapProps extends Pick<LineProps, 'onKeyDown'> {
  readonly gap: RouteGap;
}

/** Where a route is missing: a way to the form that has the pair already. */
function GapRow({ gap: { topic, municipality }, onKeyDown }: GapProps) {
  const { t } = useTranslation();
  const reference = useReference();
  const query = new URLSearchParams({ topic, municipality }).toString();
  return (
    <Link href={`/routes/new?${query}`} onKeyDown={onKeyDown}>
      <span className={classes['what']}>
        <b>{topic}</b>
        <span>{municipalityName(reference, municipality)}</span>
      </span>
      <span className={classes['none']}>{t('routes.none')}</span>
    </Link>
  );
}
