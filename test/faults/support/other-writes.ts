import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { ClientError } from '@yici/client';
import { z } from 'zod';
import type { Journal } from './journal.js';
import type { GatewayPlace, People } from './people.js';
import type { Random } from './random.js';

const supervisor = 'supervision.supervisor1';
const reader = 'offices.service1';
const answer = z.object({ id: z.string() }).loose();

/** What is written beside the ledger: documents that are brought in, and reads by supervisors, which are noted first. */
export class OtherWrites {
  readonly #place: GatewayPlace;
  readonly #journal: Journal;
  /** Documents that the gateway said it keeps, with the digest of their content. */
  readonly #kept = new Map<string, string>();
  #reads = 0;

  constructor(place: GatewayPlace, journal: Journal) {
    this.#place = place;
    this.#journal = journal;
  }

  get documents(): number {
    return this.#kept.size;
  }

  get reads(): number {
    return this.#reads;
  }

  async run(people: People, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await Promise.all([this.#bringIn(people), this.#read(people)]);
      await pause(20);
    }
  }

  /** Documents that were kept are there as they were; of all of them a sample. */
  async check(people: People, samples: Random, count: number): Promise<void> {
    for (const [id, digest] of samples.sample([...this.#kept], count)) {
      const found = await this.#fetch(people, `/v1/documents/${id}/content`);
      const bytes = Buffer.from(await found.arrayBuffer());
      if (found.status !== 200 || sha256(bytes) !== digest) {
        this.#journal.violation(`document ${id} was kept and is not as it was: ${found.status}`);
      }
    }
  }

  /** Every read that was answered stands in the journal of reads. */
  async checkReads(people: People): Promise<void> {
    const client = await people.as(supervisor);
    const lines: unknown[] = [];
    for await (const line of client.list('reads.list', { limit: 200 })) lines.push(line);
    if (lines.length < this.#reads) {
      this.#journal.violation(`${this.#reads} reads were answered and ${lines.length} are noted`);
    }
  }

  async #bringIn(people: People): Promise<void> {
    const content = randomBytes(500 + (this.#kept.size % 7) * 9_000).toString('hex');
    try {
      const response = await this.#fetch(people, '/v1/documents', {
        method: 'POST',
        headers: { 'content-type': 'text/plain', 'x-document-name': 'memo.txt' },
        body: content,
      });
      const body: unknown = await response.json();
      if (response.status === 201) this.#kept.set(answer.parse(body).id, sha256(content));
      else if (response.status < 500) {
        this.#journal.violation(`a document was refused: ${JSON.stringify(body)}`);
      }
    } catch (error) {
      // The gateway is away: nothing was promised.
      if (!(error instanceof TypeError)) throw error;
    }
  }

  async #read(people: People): Promise<void> {
    try {
      const client = await people.as(supervisor);
      await client.read('cases.list', { limit: 1 });
      this.#reads += 1;
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      if (error.details['status'] === 401) people.forget(supervisor);
    }
  }

  async #fetch(people: People, path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${await people.apiKey(reader)}`);
    return fetch(this.#place.url + path, { ...init, headers });
  }
}

const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');
