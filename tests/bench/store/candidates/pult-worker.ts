import { expose } from 'comlink';
import { PultStore } from '../pult-store.ts';

expose(new PultStore());
