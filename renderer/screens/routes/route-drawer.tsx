import { Alert, Drawer } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoutingRule } from '#shared/domain/routing.ts';
import { changedFields } from '#shared/domain/record.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { routeWords } from '#renderer/kit/words/route-words.ts';
import { RouteForm } from './route-form.tsx';

interface Props {
  /** `new`, or the route's id. */
  readonly id: string;
  readonly onClose: () => void;
}

/** One route, to be read and changed. */
export function RouteDrawer({ id, onClose }: Props) {
  const { t } = useTranslation();
  const { routes } = useReference();
  const current = routes.find((route) => route.id === id) ?? null;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={current === null ? t('routes.new') : routeWords(current, t)}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {current === null && id !== 'new' ? (
        <p>{t('routes.unknown')}</p>
      ) : (
        <Opening current={current} onClose={onClose} />
      )}
    </Drawer>
  );
}

interface OpeningProps {
  readonly current: RoutingRule | null;
  readonly onClose: () => void;
}

/** The form of the route as it was when it was opened, with a word of what others changed since. */
function Opening({ current, onClose }: OpeningProps) {
  const { t } = useTranslation();
  const [seen] = useState(current);
  const changed = seen === null || current === null ? [] : Object.keys(changedFields(seen, current));
  return (
    <>
      {changed.length > 0 && (
        <Alert color="orange" title={t('routes.changedMeanwhile')} mb="sm" role="status">
          {changed.map((field) => t(`audit.field.${field}`, { defaultValue: field })).join(', ')}
        </Alert>
      )}
      <RouteForm seen={seen} onClose={onClose} />
    </>
  );
}
