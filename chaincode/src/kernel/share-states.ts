import { z } from 'zod';

/** States of a share (共享): the request, its reply, its use and its end. */
export const shareStates = [
  'REQUESTED',
  'FILED',
  'INCOMPLETE',
  'GRANTED',
  'REFUSED',
  'WITHDRAWN',
  'SUSPENDED',
  'ENDED',
  'DISPOSED',
] as const;
export const shareState = z.enum(shareStates);
export type ShareState = z.output<typeof shareState>;
