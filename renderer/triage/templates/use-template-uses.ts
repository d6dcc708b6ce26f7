import { useEffect, useState } from 'react';
import type { TemplateUses } from '#shared/domain/templates/fitting.ts';
import { useStore } from '#renderer/kit/context/console-context.tsx';

/** Counts how often templates were used, anew whenever what shows it is opened. */
export function useTemplateUses(isOpen: boolean): TemplateUses {
  const store = useStore();
  const [uses, setUses] = useState<TemplateUses>({});
  useEffect(() => {
    if (!isOpen) return;
    let isCurrent = true;
    void store.templateUses().then((counted) => {
      if (isCurrent) setUses(counted);
    });
    return () => {
      isCurrent = false;
    };
  }, [store, isOpen]);
  return uses;
}
