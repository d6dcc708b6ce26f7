import { Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ChannelState } from '#shared/protocol/channels.ts';
import { tellDone, tellTrouble } from '#renderer/kit/toasts/toasts.tsx';
import { setPageState, type ListedPage } from '#renderer/kit/api/channels-api.ts';

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
  const move = async (state: ChannelState, isUndo = false): Promise<void> => {
    const answer = await setPageState(page.id, state);
    if (!answer.ok) return tellTrouble(t(`error.${answer.error}`), t('common.close'));
    const undo = { label: t('common.undo'), run: () => void move(page.state, true) };
    tellDone(t(`channels.moved.${state}`, { name: page.name }), isUndo ? undefined : undo);
    onChanged();
  };
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
          <Menu.Item key={state} onClick={() => void move(state)}>
            {t(`channels.move.${state}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
