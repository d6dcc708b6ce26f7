import { Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ChannelState } from '#shared/protocol/channels.ts';
import { tellDone, type ToastAction } from '#renderer/kit/toasts/toasts.tsx';
import { setPageState, type ListedPage } from '#renderer/kit/api/channels-api.ts';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';

interface Props {
  readonly page: ListedPage;
  readonly isLive: boolean;
  readonly onEdit: () => void;
  readonly onChanged: () => void;
}

/** States a page can be moved to, by the state it is in. */
const MOVES: Readonly<Record<ChannelState, readonly ChannelState[]>> = {
  active: ['paused'],
  paused: ['active', 'archived'],
  archived: ['active'],
};

/** Actions of an administrator on a page that exists. Pausing and putting away can be undone at once. */
export function PageMenu({ page, isLive, onEdit, onChanged }: Props) {
  const { t } = useTranslation();
  const setState = (state: ChannelState) => setPageState(page.id, state);
  const tell = (state: ChannelState, undo?: ToastAction): void => {
    tellDone(t(`channels.moved.${state}`, { name: page.name }), undo);
    onChanged();
  };
  const moveBack = useCentreAction(setState, (_, state) => tell(state));
  const move = useCentreAction(setState, (_, state) =>
    tell(state, { label: t('common.undo'), run: () => moveBack.run(page.state) }),
  );
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          px="xs"
          disabled={!isLive}
          aria-label={t('channels.more', { name: page.name })}
        >
          <IconDots size={16} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onEdit}>{t('channels.change')}</Menu.Item>
        {MOVES[page.state].map((state) => (
          <Menu.Item key={state} onClick={() => move.run(state)}>
            {t(`channels.move.${state}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
