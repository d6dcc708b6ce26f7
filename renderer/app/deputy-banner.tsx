import { CloseButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '#renderer/kit/context/console-context.tsx';
import { useDeputies } from '#renderer/kit/words/use-deputies.ts';
import frame from './frame.module.css';

/** Tells whoever stands in for others, and whoever is stood in for, until when; anew when that changes. */
export function DeputyBanner() {
  const { t } = useTranslation();
  const { account } = useSession();
  const deputies = useDeputies();
  const [put, setPut] = useState('');
  const own = deputies.deputyOf(account.id);
  const sentences = [
    ...deputies.stoodForBy(account.id).map(({ name, until }) => t('deputies.youFor', { name, until })),
    ...(own === null ? [] : [t('deputies.forYou', { name: own.name, until: own.until })]),
  ];
  const said = sentences.join(' ');
  if (said === put) return null;
  return (
    <div className={frame['banner']} role="status">
      <span>{said}</span>
      <CloseButton size="sm" aria-label={t('common.close')} onClick={() => setPut(said)} />
    </div>
  );
}
