import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Incident } from '#shared/domain/incident.ts';
import { MS_PER_MINUTE } from '#shared/domain/instant.ts';
import { mayWrite } from '#shared/domain/records/record-rules.ts';
import { bouncesOf, goesRound, type Bounce } from '#shared/domain/returns.ts';
import { pairKey } from '#shared/domain/routing.ts';
import { formatDuration } from '#shared/text/duration.ts';
import { useReference, useSession } from '#renderer/kit/context/console-context.tsx';
import { agencyName, type Reference } from '#renderer/kit/context/reference.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useLanguage, useWhen } from '#renderer/kit/words/use-words.ts';
import classes from './return-path.module.css';

/** The address of the route that leads this incident: the one there is for its pair, or a new one. */
function routeAddress({ classification, place }: Incident, { routes }: Reference, now: number): string {
  const topic = classification?.topic;
  const { municipality } = place;
  const pair = { ...(topic && { topic }), ...(municipality && { municipality }) };
  const known = routes.find(
    (route) => pairKey(route) === pairKey(pair) && (route.validTo === undefined || route.validTo > now),
  );
  if (known !== undefined) return `/routes/${encodeURIComponent(known.id)}`;
  return `/routes/new?${new URLSearchParams(pair).toString()}`;
}

const BounceLine = ({ bounce }: { readonly bounce: Bounce }) => {
  const { t } = useTranslation();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  const language = useLanguage();
  const { agency, unit, from, at, reason, named, to } = bounce;
  const held = formatDuration(Math.max(0, Math.floor((at - from) / MS_PER_MINUTE)), language);
  return (
    <li>
      <b>{[agencyName(reference, agency), unit].filter(Boolean).join(' · ')}</b>
      <span className={classes['times']}>
        {t('returning.times', { from: when.short(from, now), at: when.short(at, now), held })}
      </span>
      {reason !== '' && <span>{reason}</span>}
      {named !== null && named !== to && (
        <span>{t('returning.named', { agency: agencyName(reference, named) })}</span>
      )}
    </li>
  );
};

/**
 * Every agency that gave the incident back: from when to when it had it, why, whom it named. From the second
 * one on the centre is asked to decide whose it is by a route.
 */
export const ReturnPath = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation();
  const reference = useReference();
  const now = useNow();
  const { account } = useSession();
  const bounces = bouncesOf(incident);
  if (bounces.length === 0) return null;
  const isRound = goesRound(incident);
  const decides = isRound && mayWrite(account.role, 'route');
  const title = t('returning.path', { count: bounces.length });
  return (
    <section className={classes['path']} data-round={isRound || undefined} aria-label={title}>
      <h3>{title}</h3>
      <ol>
        {bounces.map((bounce) => (
          <BounceLine key={`${bounce.agency} ${bounce.at}`} bounce={bounce} />
        ))}
      </ol>
      {isRound && !decides && <p>{t('returning.askForRoute')}</p>}
      {decides && (
        <p>
          {t('returning.goesRound')}{' '}
          <Link href={routeAddress(incident, reference, now)}>{t('returning.decide')}</Link>
        </p>
      )}
    </section>
  );
};
