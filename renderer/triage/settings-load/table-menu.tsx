import { Button, Menu } from '@mantine/core';
import { IconTableExport } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LoadPreview } from '#shared/exchange/settings/read-load.ts';
import type { TableKind } from '#shared/exchange/settings/tables.ts';
import { TABLE_FORMATS } from '#shared/exchange/table-write.ts';
import { useCentreTime, useReference, useStore } from '#renderer/kit/context/console-context.tsx';
import { LoadDialog } from './load-dialog.tsx';
import { RecentLoads } from './recent-loads.tsx';
import { saveSettings } from './save-settings.ts';

interface Props {
  readonly kind: TableKind;
  readonly about?: (preview: LoadPreview) => ReactNode;
}

/** Settings of a kind as a table: out, in, and back for a day. One line on the screen of the kind. */
export function TableMenu({ kind, about }: Props) {
  const { t } = useTranslation();
  const store = useStore();
  const { zone } = useReference();
  const centreTime = useCentreTime();
  const [open, setOpen] = useState<'load' | 'recent' | null>(null);
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" leftSection={<IconTableExport size={16} aria-hidden />}>
            {t('settingsLoad.table')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setOpen('load')}>{t('settingsLoad.fromFile')}</Menu.Item>
          <Menu.Item onClick={() => setOpen('recent')}>{t('settingsLoad.recent')}</Menu.Item>
          <Menu.Divider />
          {TABLE_FORMATS.map((format) => (
            <Menu.Item
              key={format}
              onClick={() =>
                void store
                  .reference()
                  .then((rows) => saveSettings(format, kind, { rows, zone, at: centreTime() }))
              }
            >
              {t(`settingsLoad.save.${format}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {open === 'load' && (
        <LoadDialog kind={kind} onClose={() => setOpen(null)} {...(about === undefined ? {} : { about })} />
      )}
      {open === 'recent' && <RecentLoads kind={kind} onClose={() => setOpen(null)} />}
    </>
  );
}
