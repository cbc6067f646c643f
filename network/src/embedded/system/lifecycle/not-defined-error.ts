import { NetworkError, quoted } from '../../../errors.js';

/** The queried object is not defined or installed; Fabric's status for it is 404. */
export class NotDefinedError extends NetworkError {
  constructor(message: string) {
    super('SIMULATION_REFUSED', quoted(message, '没有定义'));
  }
}
