import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LoadPreview } from '#shared/exchange/settings/read-load.ts';
import type { RoutingRule } from '#shared/domain/routing.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import type { RouteChange } from './route-draft.ts';
import { TrialPanel } from './trial-panel.tsx';
import { useRouteTrial } from './use-route-trial.ts';

/** Tries the routes of a file before they are saved. */
export function LoadTrial({ preview }: { readonly preview: LoadPreview }) {
  const { t } = useTranslation();
  const { routes } = useReference();
  const trial = useRouteTrial();
  if (preview.commands.length === 0) return null;
  const run = (): void => {
    const byId = new Map(routes.map((route) => [route.id, route]));
    const changes = preview.commands.flatMap(({ args }) =>
      args.rows.map(({ id, row }): RouteChange => ({
        row: row as RoutingRule,
        before: byId.get(id) ?? null,
      })),
    );
    void trial.run(changes);
  };
  return (
    <>
      <Button variant="default" mt="md" mb="xs" onClick={run}>
        {t('routes.trial.run')}
      </Button>
      <TrialPanel trial={trial.result} isRunning={trial.isRunning} />
    </>
  );
}
