import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';

const TABS = ['calendar', 'deadlines', 'importance'] as const;
type Tab = (typeof TABS)[number];

/** How time is counted: which hours are worked, how many of them an answer may take, and what is urgent. */
export function DeadlineTabs({ current }: { readonly current: Tab }) {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  return (
    <SegmentedControl
      aria-label={t('deadlineTabs.label')}
      value={current}
      onChange={(tab) => goTo(`/${tab}`)}
      data={TABS.map((tab) => ({ value: tab, label: t(`deadlineTabs.${tab}`) }))}
    />
  );
}
