import * as appKey from './app-key/handlers';
import * as attestation from './attestation/handlers';
import * as audit from './audit/handlers';
import * as calendar from './calendar/handlers';
import * as cases from './case/handlers';
import * as dataset from './dataset/handlers';
import * as delegation from './delegation/handlers';
import * as department from './department/handlers';
import * as duty from './duty/handlers';
import * as journal from './journal/handlers';
import * as matter from './matter/handlers';
import * as oneThing from './one-thing/handlers';
import * as reform from './reform/handlers';
import * as sharing from './sharing/handlers';
import * as supervision from './supervision/handlers';
import * as time from './time/handlers';
import type { CommandHandlers, QueryHandlers } from './kernel/handler';

/** How every command is handled, by name. */
export const commandHandlers: CommandHandlers<string> = {
  ...department.commandHandlers,
  ...calendar.commandHandlers,
  ...duty.commandHandlers,
  ...dataset.commandHandlers,
  ...sharing.commandHandlers,
  ...attestation.commandHandlers,
  ...matter.commandHandlers,
  ...cases.commandHandlers,
  ...oneThing.commandHandlers,
  ...delegation.commandHandlers,
  ...reform.commandHandlers,
  ...supervision.commandHandlers,
  ...audit.commandHandlers,
  ...journal.commandHandlers,
  ...appKey.commandHandlers,
  ...time.commandHandlers,
};

/** How every query is answered, by name. */
export const queryHandlers: QueryHandlers<string> = {
  ...department.queryHandlers,
  ...calendar.queryHandlers,
  ...duty.queryHandlers,
  ...dataset.queryHandlers,
  ...sharing.queryHandlers,
  ...attestation.queryHandlers,
  ...matter.queryHandlers,
  ...cases.queryHandlers,
  ...oneThing.queryHandlers,
  ...delegation.queryHandlers,
  ...reform.queryHandlers,
  ...supervision.queryHandlers,
  ...audit.queryHandlers,
  ...journal.queryHandlers,
  ...appKey.queryHandlers,
};
