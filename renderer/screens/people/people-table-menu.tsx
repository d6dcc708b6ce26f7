import { useState } from 'react';
import type { ListedAccount } from '#shared/protocol/accounts.ts';
import { useCentreTime, useReference } from '#renderer/kit/context/console-context.tsx';
import { TableActions } from '#renderer/triage/settings-load/table-actions.tsx';
import { PeopleLoadDialog } from './people-load-dialog.tsx';
import { PeopleLoads } from './people-loads.tsx';
import { savePeople } from './save-people.ts';

interface Props {
  readonly people: readonly ListedAccount[];
  readonly isLive: boolean;
  readonly refresh: () => Promise<void>;
}

/** People as a table: out, in, and back for a day. */
export function PeopleTableMenu({ people, isLive, refresh }: Props) {
  const { agencies, zone } = useReference();
  const centreTime = useCentreTime();
  const [open, setOpen] = useState<'load' | 'recent' | null>(null);
  const close = (): void => setOpen(null);
  return (
    <>
      <TableActions
        isAway={!isLive}
        onLoad={() => setOpen('load')}
        onRecent={() => setOpen('recent')}
        onSave={(format) => savePeople(format, { people, agencies, at: centreTime() }, zone)}
      />
      {open === 'load' && <PeopleLoadDialog people={people} refresh={refresh} onClose={close} />}
      {open === 'recent' && <PeopleLoads refresh={refresh} onClose={close} />}
    </>
  );
}
