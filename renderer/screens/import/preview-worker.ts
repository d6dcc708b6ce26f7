import { expose } from 'comlink';
import { blobSource } from '#shared/exchange/byte-source.ts';
import { previewFile, type PreviewOptions, type PreviewResult } from '#shared/exchange/preview.ts';

const tellEvery = 2000;

/** Reads files beside the page, so that a large one never holds up the keyboard. */
const previewWorker = {
  /** `onRows` is a Comlink proxy, told of the rows read so far now and then. */
  async preview(
    file: File,
    asked: Pick<PreviewOptions, 'choice' | 'readings' | 'sheet' | 'zone'>,
    onRows: (rows: number) => void,
  ): Promise<PreviewResult> {
    let told = 0;
    const onProgress = (rows: number): boolean => {
      if (rows >= told + tellEvery) {
        told = rows;
        onRows(rows);
      }
      return true;
    };
    return previewFile(blobSource(file), { ...asked, shown: 20, onProgress });
  },
};

export type PreviewWorker = typeof previewWorker;

expose(previewWorker);
