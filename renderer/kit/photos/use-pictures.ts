import { useEffect, useState } from 'react';
import { NO_PICTURES, photoUrl, type Pictures } from '#shared/domain/photo.ts';
import { useStatus, useStore } from '#renderer/kit/context/console-context.tsx';

/** Photos by hash as they come: from this workstation at once, from the centre when there is a line. */
export function usePictures(photos: readonly { readonly hash: string }[]): Pictures {
  const store = useStore();
  const { connection } = useStatus();
  const [pictures, setPictures] = useState<Pictures>(NO_PICTURES);
  const missing = photos
    .map(({ hash }) => hash)
    .filter((hash) => !pictures.has(hash))
    .join(' ');
  useEffect(() => {
    if (missing === '') return undefined;
    let isWanted = true;
    void Promise.all(missing.split(' ').map(async (hash) => [hash, await store.photo(hash)] as const)).then(
      (read) => {
        const found = read.flatMap(([hash, bytes]) =>
          bytes === null ? [] : [[hash, photoUrl(bytes)] as const],
        );
        if (isWanted && found.length > 0) setPictures((before) => new Map([...before, ...found]));
      },
    );
    return () => {
      isWanted = false;
    };
    // Ask again, once online, for pictures that could not be read offline.
  }, [store, missing, connection.state]);
  return pictures;
}
