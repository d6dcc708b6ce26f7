import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { KnownCopy, LookUpFailure } from '#shared/protocol/look-up.ts';
import type { ApiErrorKind } from '#shared/protocol/errors.ts';
import { readMessageLink } from '#shared/text/message-link.ts';
import { useIsLive } from '#renderer/kit/context/use-is-live.ts';
import { lookUpMessage } from './look-up-api.ts';
import { ofLink, ofMessage } from './register-fields.ts';
import type { RegisterForm } from './use-register.ts';

/** Result of reading a message from its network. */
type Reading =
  | { readonly kind: 'filled'; readonly known: KnownCopy | undefined }
  | { readonly kind: 'failed'; readonly why: LookUpFailure }
  | { readonly kind: 'error'; readonly why: ApiErrorKind };

/** Typing stands still for so long before the network is asked. */
const PAUSE_MS = 400;

/** Reads a message when its address stands still. What was typed meanwhile stays as it is. */
function useReading(address: string | null, isLive: boolean, fill: RegisterForm['fill']): Reading | null {
  const { mutate, reset, data: answer } = useMutation({ mutationFn: lookUpMessage });
  useEffect(() => {
    if (address === null || !isLive) return undefined;
    const onSuccess = (found: Awaited<ReturnType<typeof lookUpMessage>>): void => {
      if (found.ok && 'message' in found.value) fill(ofMessage(found.value.message));
    };
    const timer = setTimeout(() => mutate(address, { onSuccess }), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      // An answer about another address is nobody's any more.
      reset();
    };
  }, [address, isLive, fill, mutate, reset]);
  if (answer === undefined) return null;
  if (!answer.ok) return { kind: 'error', why: answer.error };
  if ('failure' in answer.value) return { kind: 'failed', why: answer.value.failure };
  return { kind: 'filled', known: answer.value.known };
}

/**
 * The address of a message: its network and kind are known at once, its words when the region has a key to
 * read by.
 */
export const RegisterLink = ({ fields, set, fill }: RegisterForm) => {
  const { t } = useTranslation();
  const isLive = useIsLive();
  const link = readMessageLink(fields.url);
  const address = link === null || link.post === null ? null : link.url;
  const reading = useReading(address, isLive, fill);
  const words = (): string => {
    if (link === null) return t('register.linkHint');
    const known = t('register.recognised', {
      network: t(`network.${link.network}`),
      kind: t(`messageKind.${link.kind}`),
    });
    if (link.post === null) return known;
    if (!isLive) return `${known} ${t('register.offline')}`;
    if (reading === null) return `${known} ${t('register.reading')}`;
    if (reading.kind === 'filled') {
      const { known: copy } = reading;
      if (copy === undefined) return `${known} ${t('register.filled')}`;
      const { number } = copy;
      const where = number === null ? t('register.knownInLog') : t('register.knownIncident', { number });
      return `${known} ${where}`;
    }
    const why = reading.kind === 'failed' ? t(`register.failure.${reading.why}`) : t(`error.${reading.why}`);
    return `${known} ${why} ${t('register.byHand')}`;
  };
  return (
    <TextInput
      label={t('field.url')}
      description={<span role="status">{words()}</span>}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={fields.url}
      onChange={(event) => {
        const url = event.currentTarget.value;
        const found = readMessageLink(url);
        set('url', url);
        if (found !== null) fill(ofLink(found));
      }}
    />
  );
};
