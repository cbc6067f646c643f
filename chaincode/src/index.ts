import { extendShim } from './shim/index';

extendShim();

export { contracts } from './contracts';
