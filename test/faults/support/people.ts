import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readIdentityFolder, YiciClient } from '@yici/client';
import { z } from 'zod';

/** Gives a user's client. */
export interface Callers {
  as(user: string): Promise<YiciClient>;
  /** The next time that user logs in anew. */
  forget(user: string): void;
}

/** Where a gateway is, and the folder with `identities/` and its own. */
export interface GatewayPlace {
  readonly url: string;
  readonly state: string;
}

/** Everybody who uses the gateway between two kills: officials with their own keys, service accounts with API keys. */
export class People implements Callers {
  readonly #node: GatewayPlace;
  readonly #clients = new Map<string, Promise<YiciClient>>();

  constructor(node: GatewayPlace) {
    this.#node = node;
  }

  as(user: string): Promise<YiciClient> {
    const known = this.#clients.get(user);
    if (known !== undefined) return known;
    const client = isService(user) ? this.#service(user) : this.#official(user);
    this.#clients.set(user, client);
    // Who could not log in may try again.
    client.catch(() => this.#clients.delete(user));
    return client;
  }

  forget(user: string): void {
    this.#clients.delete(user);
  }

  /** Lets these log in now, so that a load starts at once. */
  async enter(users: readonly string[]): Promise<void> {
    await Promise.all(users.map((user) => this.as(user)));
  }

  /** The key by which a service account calls. */
  async apiKey(user: string): Promise<string> {
    const file = join(this.#node.state, 'gateway', 'custody', 'api-keys.json');
    const keys = z.record(z.string(), z.string()).parse(JSON.parse(await readFile(file, 'utf8')));
    const token = keys[user];
    if (token === undefined) throw new RangeError(`${user} has no API key`);
    return token;
  }

  async #official(user: string): Promise<YiciClient> {
    const identity = await readIdentityFolder(join(this.#node.state, 'identities', user));
    const client = new YiciClient({ baseUrl: this.#node.url, identity });
    await client.login();
    return client;
  }

  async #service(user: string): Promise<YiciClient> {
    return new YiciClient({ baseUrl: this.#node.url, token: await this.apiKey(user) });
  }
}

/** The gateway keeps the keys of service accounts; everybody else signs. */
function isService(user: string): boolean {
  return /\.service\d+$/.test(user);
}
