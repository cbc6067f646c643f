import type { Gateway } from '@yici/gateway/testing';
import { onDemand } from '../../../support/domain/due.js';
import { standOn } from '../../../support/domain/embedded-stand.js';
import type { TimedStand } from '../../../support/domain/stand.js';
import { seed } from './story.js';
import { openWorld, type World } from './world.js';

/** A seeded world with a second gateway, a clock that can be put forward, and schedulers that begin when they are asked to. */
export interface TimedWorld {
  readonly world: World;
  /** As it is now: the world may open its gateway anew meanwhile. */
  stand(): TimedStand;
  close(): Promise<void>;
}

export async function openTimedWorld(): Promise<TimedWorld> {
  let ahead = 0;
  const clock = () => new Date(Date.now() + ahead);
  const world = await openWorld({ scheduler: onDemand }, false, clock);
  await seed(world.api);
  const other: Gateway = await world.another('other', { scheduler: onDemand });
  await other.caughtUp();
  return {
    world,
    stand: () => ({
      ...standOn(world),
      schedulers: [world.gateway, other],
      proposers: ['data.gateway'],
      goOn(days) {
        ahead += days * 86_400_000;
        // Sessions do not last so long.
        world.api.forgetSessions();
      },
    }),
    close: async () => {
      await other.close();
      await world.close();
    },
  };
}
