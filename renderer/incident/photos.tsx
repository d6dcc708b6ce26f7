import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { mediaOf, type Incident } from '#shared/domain/incident.ts';
import { useConsole } from '#renderer/app/console-context.tsx';
import { useIsLive } from '#renderer/import/file-check.tsx';
import classes from './card.module.css';

type Shown =
  | { readonly kind: 'loading' }
  | { readonly kind: 'photo'; readonly url: string }
  | { readonly kind: 'refused'; readonly refusal: string };

const TIMEOUT_MS = 30_000;
const refusalSchema = z.object({ error: z.object({ detail: z.object({ refusal: z.string() }) }) });

/** Gets a photo through the centre, which alone may call networks. Why it may not be shown, if so. */
async function load(path: string, signal: AbortSignal): Promise<Shown> {
  try {
    const response = await fetch(path, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    if (response.ok) return { kind: 'photo', url: URL.createObjectURL(await response.blob()) };
    const why = refusalSchema.safeParse(await response.json());
    return { kind: 'refused', refusal: why.success ? why.data.error.detail.refusal : 'gone' };
  } catch {
    return { kind: 'refused', refusal: 'away' };
  }
}

function Photo({ path, address }: { readonly path: string; readonly address: string }) {
  const { t } = useTranslation();
  const { host } = useConsole();
  const isLive = useIsLive();
  const [shown, setShown] = useState<Shown>({ kind: 'loading' });
  useEffect(() => {
    if (!isLive) return undefined;
    const leaving = new AbortController();
    let url: string | null = null;
    void load(path, leaving.signal).then((next) => {
      if (next.kind === 'photo') url = next.url;
      if (leaving.signal.aborted && url !== null) URL.revokeObjectURL(url);
      else if (!leaving.signal.aborted) setShown(next);
    });
    return () => {
      leaving.abort();
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [path, isLive]);
  const words =
    shown.kind === 'refused'
      ? t(`media.refused.${shown.refusal}`, { defaultValue: t('media.refused.gone') })
      : t(isLive ? 'media.loading' : 'media.refused.away');
  return (
    <button type="button" title={t('media.open')} onClick={() => host.openExternal(address)}>
      {shown.kind === 'photo' ? <img src={shown.url} alt={t('media.photo')} /> : <span>{words}</span>}
    </button>
  );
}

/** Photos of a message (0: the first). A click opens the original in its network. */
export const Photos = ({ incident, message }: { readonly incident: Incident; readonly message: number }) => {
  const { t } = useTranslation();
  const addresses = mediaOf(incident, message);
  if (addresses.length === 0) return null;
  return (
    <div className={classes['photos']} role="group" aria-label={t('media.title')}>
      {addresses.map((address, n) => (
        <Photo
          key={address}
          path={`/api/v1/incidents/${incident.id}/media/${message}/${n}`}
          address={address}
        />
      ))}
    </div>
  );
};
