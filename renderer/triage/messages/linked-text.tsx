import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useConsole } from '#renderer/kit/context/console-context.tsx';
import classes from '#renderer/triage/fields/card.module.css';
import { linkedPieces, type LinkedPiece } from './linked-pieces.ts';

interface Props {
  readonly text: string;
  /** Draws a stretch that is more than its words, such as a link. */
  readonly children?: (piece: LinkedPiece) => ReactNode;
}

/** A text whose addresses and places open outside when they are pressed. */
export function LinkedText({ text, children = (piece) => piece.text }: Props) {
  const { t } = useTranslation();
  const { host } = useConsole();
  return linkedPieces(text).map((piece) => {
    const { from, text: shown, url } = piece;
    if (url === null) return <Fragment key={from}>{children(piece)}</Fragment>;
    return (
      <button
        key={from}
        type="button"
        className={classes['link']}
        title={t(url === shown ? 'card.openLink' : 'card.openMap')}
        onClick={() => host.openExternal(url)}
      >
        {children(piece)}
      </button>
    );
  });
}
