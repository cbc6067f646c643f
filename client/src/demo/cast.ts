import { setTimeout as delay } from 'node:timers/promises';
import { YiciClient } from '../api/client.js';
import type { Committed } from '../api/execute.js';
import type { Session } from '@yici/api';
import { refusalCode } from '../contract-refusal.js';
import type { Identity } from '../identity/identity.js';

const mostAttempts = 30;
/** Temporary refusals of a gateway after which nothing was sent. */
const passing: readonly string[] = ['ENDORSEMENT_FAILED', 'ENDORSERS_UNAVAILABLE'];

/** Returns a user's identity, such as `hrss.clerk1`. */
export type Identities = (user: string) => Promise<Identity>;

/** One user of the demo, logged in with its own key. */
interface Actor {
  readonly user: string;
  readonly client: YiciClient;
  readonly session: Session;
}

export interface CastOptions {
  readonly baseUrl: string;
  readonly identities: Identities;
}

/** The users of the demo; each logs in once, when first needed. */
export class Cast {
  readonly #options: CastOptions;
  readonly #actors = new Map<string, Promise<Actor>>();

  constructor(options: CastOptions) {
    this.#options = options;
  }

  as(user: string): Promise<Actor> {
    const known = this.#actors.get(user);
    if (known !== undefined) return known;
    const actor = this.#enter(user);
    this.#actors.set(user, actor);
    return actor;
  }

  /**
   * Runs a command as a user. With all peers on one machine some may lag behind what the gateway has seen: then too few
   * answer or agree, nothing is sent, and the command is retried after a second.
   */
  async run(
    user: string,
    command: string,
    input: Readonly<Record<string, unknown>>,
  ): Promise<Committed> {
    const { client } = await this.as(user);
    for (let attempt = 1; ; attempt++) {
      try {
        return await client.execute(command, input);
      } catch (error) {
        if (attempt === mostAttempts || !passing.includes(refusalCode(error) ?? '')) throw error;
        await delay(1000);
      }
    }
  }

  /** Ends every session that was opened. */
  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#actors.values());
    this.#actors.clear();
    const actors = opened.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
    // Sessions expire by themselves, so a failure to end one does not fail the demo.
    await Promise.allSettled(actors.map(({ client }) => client.logout()));
  }

  async #enter(user: string): Promise<Actor> {
    const { baseUrl, identities } = this.#options;
    const client = new YiciClient({ baseUrl, identity: await identities(user) });
    return { user, client, session: await client.login() };
  }
}
