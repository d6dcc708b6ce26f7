import { useMemo } from 'react';
import { useMail, useMailLog } from '#renderer/kit/api/use-mail.ts';
import { usePeople } from '#renderer/kit/api/use-people.ts';
import { usePages } from '#renderer/kit/api/use-pages.ts';
import { useLaneCounts, useReference } from '#renderer/kit/context/console-context.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import type { JudgedRegion } from './judged-region.ts';
import { isBare, setupOf, type SetupLine } from './subjects.ts';

type LocalRegion = Omit<JudgedRegion, 'people' | 'pages' | 'mail'>;

function useLocalRegion(): LocalRegion {
  const reference = useReference();
  const now = useNow();
  const { all, closed } = useLaneCounts();
  return { reference, now, incidents: all + closed };
}

/** How the setting up of the region stands, anew with every change here and every answer of the centre. */
export function useSetup(): readonly SetupLine[] {
  const { reference, now, incidents } = useLocalRegion();
  const people = usePeople().value?.accounts ?? null;
  const pages = usePages().value?.channels ?? null;
  const settings = useMail().value?.settings;
  const log = useMailLog().value ?? null;
  const isOn = settings?.isOn === true;
  const mail = useMemo(
    () => (settings === undefined || log === null ? null : { isOn, log }),
    [settings, isOn, log],
  );
  return useMemo(
    () => setupOf({ reference, now, incidents, people, pages, mail }),
    [reference, now, incidents, people, pages, mail],
  );
}

/** True while something essential is missing. Asks no centre: it lies on every workstation. */
export function useIsBare(): boolean {
  const { reference, now, incidents } = useLocalRegion();
  return useMemo(
    () => isBare({ reference, now, incidents, people: null, pages: null, mail: null }),
    [reference, now, incidents],
  );
}
