import { addressOf, ledgerEventSchema, lenient, reads, type LedgerEvent } from '@yici/api';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { ClientError } from '../errors.js';
import type { Http } from './http.js';

export interface EventOptions {
  /** Id of the last event already seen. */
  readonly after?: string | undefined;
  readonly name?: string | undefined;
  readonly caseNo?: string | undefined;
  readonly signal?: AbortSignal;
  /** Told once the gateway answers, and of each of its heartbeats: without any for long, the connection is dead. */
  readonly onBeat?: () => void;
}

/**
 * Events as server-sent events (WHATWG HTML, "Server-sent events"), until the signal aborts or the gateway ends the stream.
 * @throws ClientError GATEWAY_ANSWER_INVALID for an event that is not as documented.
 */
export async function* events(http: Http, options: EventOptions = {}): AsyncIterable<LedgerEvent> {
  const { signal, onBeat, ...asked } = options;
  const response = await http.open(addressOf(reads['events.follow'], asked), {
    headers: { accept: 'text/event-stream' },
    ...(signal && { signal }),
  });
  if (response.body === null) return;
  onBeat?.();
  const messages = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream({ onComment: () => onBeat?.() }));
  for await (const { data } of messages) yield parseEvent(data);
}

const event = lenient(ledgerEventSchema);

function parseEvent(data: string): LedgerEvent {
  try {
    return event.parse(JSON.parse(data));
  } catch (cause) {
    throw new ClientError(
      'GATEWAY_ANSWER_INVALID',
      {
        zh: '网关发送的事件不符合接口文档。',
        en: 'The gateway sent an event that is not as documented.',
      },
      { cause },
    );
  }
}
