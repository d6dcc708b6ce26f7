import { Button, Menu } from '@mantine/core';
import { IconTableExport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { TABLE_FORMATS, type TableFormat } from '#shared/exchange/table-write.ts';

interface Props {
  readonly onLoad: () => void;
  readonly onRecent: () => void;
  readonly onSave: (format: TableFormat) => void;
  /** The centre cannot be asked: nothing but the file that goes out is possible. */
  readonly isAway?: boolean;
}

/** The button «Таблица»: a file in, loads of the last day, a file out. */
export function TableActions({ onLoad, onRecent, onSave, isAway = false }: Props) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" leftSection={<IconTableExport size={16} aria-hidden />}>
          {t('settingsLoad.table')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={isAway} onClick={onLoad}>
          {t('settingsLoad.fromFile')}
        </Menu.Item>
        <Menu.Item onClick={onRecent}>{t('settingsLoad.recent')}</Menu.Item>
        <Menu.Divider />
        {TABLE_FORMATS.map((format) => (
          <Menu.Item key={format} onClick={() => onSave(format)}>
            {t(`settingsLoad.save.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
