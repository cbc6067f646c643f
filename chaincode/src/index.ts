import { extendShim } from './shim';

extendShim();

export { contracts } from './contracts';
