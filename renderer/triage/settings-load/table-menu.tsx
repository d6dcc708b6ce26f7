import { useState, type ReactNode } from 'react';
import type { LoadPreview } from '#shared/exchange/settings/read-load.ts';
import type { TableKind } from '#shared/exchange/settings/tables.ts';
import { useCentreTime, useReference, useStore } from '#renderer/kit/context/console-context.tsx';
import { LoadDialog } from './load-dialog.tsx';
import { RecentLoads } from './recent-loads.tsx';
import { saveSettings } from './save-settings.ts';
import { TableActions } from './table-actions.tsx';

interface Props {
  readonly kind: TableKind;
  readonly about?: (preview: LoadPreview) => ReactNode;
}

/** Settings of a kind as a table: out, in, and back for a day. One line on the screen of the kind. */
export function TableMenu({ kind, about }: Props) {
  const store = useStore();
  const { zone } = useReference();
  const centreTime = useCentreTime();
  const [open, setOpen] = useState<'load' | 'recent' | null>(null);
  return (
    <>
      <TableActions
        onLoad={() => setOpen('load')}
        onRecent={() => setOpen('recent')}
        onSave={(format) =>
          void store.reference().then((rows) => saveSettings(format, kind, { rows, zone, at: centreTime() }))
        }
      />
      {open === 'load' && (
        <LoadDialog kind={kind} onClose={() => setOpen(null)} {...(about === undefined ? {} : { about })} />
      )}
      {open === 'recent' && <RecentLoads kind={kind} onClose={() => setOpen(null)} />}
    </>
  );
}
