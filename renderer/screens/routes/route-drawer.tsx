import { useTranslation } from 'react-i18next';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { SettingDrawer } from '#renderer/kit/directory/setting-drawer.tsx';
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
    <SettingDrawer
      id={id}
      current={current}
      title={current === null ? t('routes.new') : routeWords(current, t)}
      unknown={t('routes.unknown')}
      fieldName={(field) => t(`audit.field.${field}`, { defaultValue: field })}
      onClose={onClose}
    >
      {(seen) => <RouteForm seen={seen} onClose={onClose} />}
    </SettingDrawer>
  );
}
