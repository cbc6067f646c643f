import { EventSourceParserStream } from 'eventsource-parser/stream';
import { z } from 'zod';
import { ClientError } from '../errors.js';
import type { Http } from './http.js';

const ledgerEventSchema = z.object({
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
  const messages = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream());
  for await (const { data } of messages) yield parseEvent(data);
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
