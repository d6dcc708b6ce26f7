import { Alert } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const Unreadable = () => {
  const { t } = useTranslation();
  return (
    <Alert color="red" title={t('broken.part')}>
      {t('broken.rest')}
    </Alert>
  );
};

interface Props {
  /** The thing shown; another one, or a newer form of it, is tried again. */
  readonly of: unknown;
  readonly children: ReactNode;
}

interface State {
  readonly isBroken: boolean;
  readonly of: unknown;
}

/**
 * Keeps a fault inside one part of a card: a stored row may be spoilt, and the rest of it is worth reading.
 */
export class CardPart extends Component<Props, State> {
  override state: State = { isBroken: false, of: this.props.of };

  static getDerivedStateFromError(): Partial<State> {
    return { isBroken: true };
  }

  static getDerivedStateFromProps({ of }: Props, state: State): State {
    return state.of === of ? state : { isBroken: false, of };
  }

  override render(): ReactNode {
    return this.state.isBroken ? <Unreadable /> : this.props.children;
  }
}
