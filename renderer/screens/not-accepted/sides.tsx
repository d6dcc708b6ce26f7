import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { IncidentCommand } from '#shared/domain/command.ts';
import { currentAgency, openReply, type Incident } from '#shared/domain/incident.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { agencyName, type Reference } from '#renderer/kit/context/reference.ts';
import { topicLabel } from '#renderer/triage/fields/pickers.tsx';
import classes from './not-accepted.module.css';

/** One field of an act: what this person chose, and what the incident says. */
interface Side {
  readonly label: string;
  readonly mine: string;
  readonly theirs: string;
}

const PLACE_FIELDS = ['municipality', 'settlement', 'street', 'house', 'object'] as const;

function sidesOf(
  command: IncidentCommand,
  incident: Incident,
  t: TFunction,
  reference: Reference,
): readonly Side[] {
  const { place, classification, importance, outcome, step } = incident;
  switch (command.name) {
    case 'classify':
      return [
        {
          label: t('field.topic'),
          mine: topicLabel(command.args.topic),
          theirs: topicLabel(classification?.topic ?? ''),
        },
      ];
    case 'place':
      return PLACE_FIELDS.map((name) => ({
        label: t(`field.${name}`),
        mine: command.args.place[name],
        theirs: place[name],
      }));
    case 'route': {
      const theirs = currentAgency(incident);
      const now = theirs === null ? t(`step.${step.name}`) : agencyName(reference, theirs);
      return [{ label: t('field.addressee'), mine: agencyName(reference, command.args.agency), theirs: now }];
    }
    case 'setImportance':
      return [
        {
          label: t('field.importance'),
          mine: t(`importance.${command.args.importance}`),
          theirs: t(`importance.${importance}`),
        },
      ];
    case 'setOutcome':
      return [
        {
          label: t('field.outcome'),
          mine: t(`outcome.${command.args.outcome}`),
          theirs: outcome === null ? '' : t(`outcome.${outcome}`),
        },
      ];
    case 'draftReply':
      return [{ label: t('reply.title'), mine: command.args.text, theirs: openReply(incident)?.text ?? '' }];
    default:
      return [];
  }
}

/** Sets what one chose beside what the incident says, field by field; what both say alike is left out. */
export const Sides = ({
  command,
  incident,
}: {
  readonly command: IncidentCommand;
  readonly incident: Incident;
}) => {
  const { t } = useTranslation();
  const reference = useReference();
  const sides = sidesOf(command, incident, t, reference).filter(({ mine, theirs }) => mine !== theirs);
  if (sides.length === 0) return null;
  return (
    <table className={classes['sides']}>
      <thead>
        <tr>
          <th scope="col">{t('notAccepted.field')}</th>
          <th scope="col">{t('notAccepted.mine')}</th>
          <th scope="col">{t('notAccepted.theirs')}</th>
        </tr>
      </thead>
      <tbody>
        {sides.map(({ label, mine, theirs }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{mine || '—'}</td>
            <td>{theirs || '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
