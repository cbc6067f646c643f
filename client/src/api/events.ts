import { z } from 'zod';
import { ClientError } from '../errors.js';
import type { Http } from './http.js';

export const ledgerEventSchema = z.object({
  id: z.string(),
  name: z.string(),
  txId: z.string(),
  block: z.number(),
  index: z.number(),
  at: z.string(),
  mspId: z.string(),
  payload: z.unknown(),
});

/** One event of the ledger; `id` is `<block>-<tx>` and resumes the stream behind it. */
export type LedgerEvent = z.infer<typeof ledgerEventSchema>;

export interface EventOptions {
  /** Id of the last event already seen. */
  readonly after?: string;
  readonly name?: string;
  readonly caseNo?: string;
  readonly signal?: AbortSignal;
}

/**
 * Events as server-sent events (WHATWG HTML, "Server-sent events"), until the signal aborts or the gateway ends the stream.
 * @throws ClientError GATEWAY_ANSWER_INVALID for an event that is not as documented.
 */
export async function* events(http: Http, options: EventOptions = {}): AsyncIterable<LedgerEvent> {
  const query = new URLSearchParams();
  for (const name of ['after', 'name', 'caseNo'] as const) {
    const value = options[name];
    if (value !== undefined) query.set(name, value);
  }
  const response = await http.open(`/v1/events?${query.toString()}`, {
    headers: { accept: 'text/event-stream' },
    ...(options.signal && { signal: options.signal }),
  });
  if (response.body === null) return;
  for await (const data of messages(response.body)) yield parseEvent(data);
}

async function* messages(body: ReadableStream<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let pending = '';
  for await (const chunk of body) {
    pending += decoder.decode(chunk, { stream: true });
    const blocks = pending.split(/\r?\n\r?\n/);
    pending = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = block
        .split(/\r?\n/)
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).trimStart());
      if (data.length > 0) yield data.join('\n');
    }
  }
}

function parseEvent(data: string): LedgerEvent {
  try {
    return ledgerEventSchema.parse(JSON.parse(data));
  } catch (cause) {
    throw new ClientError(
      'GATEWAY_ANSWER_INVALID',
      'The gateway sent an event that is not as documented.',
      { cause },
    );
  }
}
