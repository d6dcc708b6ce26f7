import { Button, Group, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { mediaOf, type Incident } from '#shared/domain/incident.ts';
import { channelFileOf } from '#shared/domain/media.ts';
import { sessionHeaders } from '#renderer/data/session/session-here.ts';
import { useConsole } from '#renderer/kit/context/console-context.tsx';
import { useIsLive } from '#renderer/kit/context/use-is-live.ts';
import classes from '#renderer/triage/fields/card.module.css';

type Shown =
  | { readonly kind: 'loading' }
  | { readonly kind: 'photo'; readonly url: string }
  | { readonly kind: 'refused'; readonly refusal: string };

const LOADING: Shown = { kind: 'loading' };
const TIMEOUT_MS = 30_000;
const refusalSchema = z.object({ error: z.object({ detail: z.object({ refusal: z.string() }) }) });

/** Gets a photo through the centre, which alone may call networks. Why it may not be shown, if so. */
async function load(path: string, signal: AbortSignal): Promise<Shown> {
  try {
    const response = await fetch(path, {
      headers: sessionHeaders(),
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    if (response.ok) return { kind: 'photo', url: URL.createObjectURL(await response.blob()) };
    const why = refusalSchema.safeParse(await response.json());
    return { kind: 'refused', refusal: why.success ? why.data.error.detail.refusal : 'gone' };
  } catch {
    return { kind: 'refused', refusal: 'away' };
  }
}

/** The photo of a path, kept when the connection goes; `again` asks anew. */
function usePhoto(path: string): { shown: Shown; again: () => void } {
  const isLive = useIsLive();
  const [shown, setShown] = useState<Shown>(LOADING);
  const [attempt, setAttempt] = useState(0);
  const isMissing = shown.kind === 'loading' || (shown.kind === 'refused' && shown.refusal === 'away');
  useEffect(() => {
    if (!isLive || !isMissing) return undefined;
    const leaving = new AbortController();
    void load(path, leaving.signal).then((next) => {
      if (!leaving.signal.aborted) setShown(next);
      else if (next.kind === 'photo') URL.revokeObjectURL(next.url);
    });
    return () => leaving.abort();
  }, [path, isLive, isMissing, attempt]);
  useEffect(() => () => void (shown.kind === 'photo' && URL.revokeObjectURL(shown.url)), [shown]);
  const again = (): void => {
    setShown(LOADING);
    setAttempt(attempt + 1);
  };
  return { shown: isLive || !isMissing ? shown : { kind: 'refused', refusal: 'away' }, again };
}

/**
 * A photo as large as the window lets it be. `address`: where it is in its network; empty when nothing else
 * may have it.
 */
const LargePhoto = ({
  url,
  address,
  onClose,
}: {
  readonly url: string;
  readonly address: string;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation();
  const { host } = useConsole();
  return (
    <Modal
      opened
      onClose={onClose}
      size="auto"
      title={t('media.photo')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <img className={classes['largePhoto']} src={url} alt={t('media.photo')} />
      {address !== '' && (
        <Group justify="flex-end" mt="sm">
          <Button variant="light" onClick={() => host.openExternal(address)}>
            {t('media.openSource')}
          </Button>
        </Group>
      )}
    </Modal>
  );
};

function Photo({ path, address }: { readonly path: string; readonly address: string }) {
  const { t } = useTranslation();
  const { shown, again } = usePhoto(path);
  const [isLarge, setIsLarge] = useState(false);
  const isPhoto = shown.kind === 'photo';
  const words =
    shown.kind === 'refused'
      ? t(`media.refused.${shown.refusal}`, { defaultValue: t('media.refused.gone') })
      : t('media.loading');
  return (
    <>
      <button
        type="button"
        data-photo={isPhoto}
        title={t(isPhoto ? 'media.open' : 'media.again')}
        onClick={() => (isPhoto ? setIsLarge(true) : again())}
      >
        {isPhoto ? <img src={shown.url} alt={t('media.photo')} /> : <span>{words}</span>}
      </button>
      {isPhoto && isLarge && (
        <LargePhoto url={shown.url} address={address} onClose={() => setIsLarge(false)} />
      )}
    </>
  );
}

/** Photos of a message (0: the first). A click shows one large. */
export const MessagePhotos = ({
  incident,
  message,
}: {
  readonly incident: Incident;
  readonly message: number;
}) => {
  const { t } = useTranslation();
  const addresses = mediaOf(incident, message);
  if (addresses.length === 0) return null;
  return (
    <div className={classes['photos']} role="group" aria-label={t('media.title')}>
      {addresses.map((address, n) => {
        const path = `/api/v1/incidents/${incident.id}/media/${message}/${n}`;
        return <Photo key={path} path={path} address={channelFileOf(address) === null ? address : ''} />;
      })}
    </div>
  );
};
