import type { CommandName } from '@yici/domain/model';
import type { ComponentType } from 'react';
import { CalendarEffects } from './calendar-effects.js';

/** What an act would do beyond its own record, to be looked at before it is signed: by command, of the input as typed so far. */
const effects: Readonly<Partial<Record<CommandName, ComponentType<{ readonly input: unknown }>>>> =
  { 'calendar.import': CalendarEffects };

export const effectsOf = (
  command: string,
): ComponentType<{ readonly input: unknown }> | undefined =>
  Object.entries(effects).find(([name]) => name === command)?.[1];
