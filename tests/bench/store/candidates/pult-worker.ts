import { serve } from '#renderer/data/rpc/port.ts';
import { PULT_METHODS } from '../pult-methods.ts';
import { PultStore } from '../pult-store.ts';

declare const self: DedicatedWorkerGlobalScope;

serve(self, PULT_METHODS, new PultStore());
