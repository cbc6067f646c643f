import { z } from 'zod';
import { commandNames } from './commands';
import type { CommandName } from './kernel/commands';
import { eventFields } from './kernel/events';

/** The chaincode event of a write; its Fabric event name is `name`. */
export const contractEvent = eventFields.extend({
  name: z.enum(commandNames as readonly [CommandName, ...CommandName[]]),
});
