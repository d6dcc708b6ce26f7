import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useCentreQuery } from '#renderer/kit/api/use-centre-query.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { CentreLog } from '#renderer/kit/layout/centre-log.tsx';
import { ScrollTable } from '#renderer/kit/layout/scroll-table.tsx';
import { deliveryWords } from './partner-words.ts';
import { readDeliveries, sendAgain, type Delivery } from './partners-api.ts';

interface Props {
  readonly partner: string;
  readonly isLive: boolean;
}

/** The newest messages to a partner: what of, how far each has come, and the button that tries again. */
export function DeliveryLog({ partner, isLive }: Props) {
  const { t } = useTranslation();
  const log = useCentreQuery(['deliveries', partner], () => readDeliveries(partner));
  const again = useCentreAction(
    async (delivery: string) => {
      const answer = await sendAgain(partner, delivery);
      // Also after a failure: the message may have gone out meanwhile.
      void log.refresh();
      return answer;
    },
    () => tellDone(t('partners.sentAgain')),
  );
  return (
    <CentreLog
      log={log}
      offline={t('partners.logOffline')}
      empty={t('partners.logEmpty')}
      isEmpty={({ deliveries }) => deliveries.length === 0}
    >
      {({ deliveries }) => <DeliveryTable deliveries={deliveries} isLive={isLive} again={again.run} />}
    </CentreLog>
  );
}

interface TableProps {
  readonly deliveries: readonly Delivery[];
  readonly isLive: boolean;
  readonly again: (delivery: string) => void;
}

function DeliveryTable({ deliveries, isLive, again }: TableProps) {
  const { t } = useTranslation();
  const when = useWhen();
  return (
    <ScrollTable
      label={t('partners.log')}
      heads={['happened', 'about', 'state', 'todo'].map((head) => t(`partners.${head}`))}
    >
      {deliveries.map((delivery) => (
        <tr key={delivery.id} data-state={delivery.state}>
          <td>{when.full(delivery.at)}</td>
          <td>
            <Link to={`/incident/${delivery.incident}`}>{t(`partners.event.${delivery.event}`)}</Link>
          </td>
          <td>{deliveryWords(delivery, t, when)}</td>
          <td>
            {(delivery.state === 'dead' || delivery.state === 'waiting') && (
              <Button
                size="compact-sm"
                variant="default"
                disabled={!isLive}
                onClick={() => again(delivery.id)}
              >
                {t('partners.again')}
              </Button>
            )}
          </td>
        </tr>
      ))}
    </ScrollTable>
  );
}
