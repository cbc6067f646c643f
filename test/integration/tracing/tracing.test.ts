import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { z } from 'zod';
import { filing, seed } from '../gateway/support/story.js';
import { openWorld, type World } from '../gateway/support/world.js';

const attribute = z.object({
  key: z.string(),
  value: z.object({ stringValue: z.string() }).or(z.looseObject({}).transform(() => undefined)),
});
const spanSchema = z
  .object({
    name: z.string(),
    traceId: z.string(),
    spanId: z.string(),
    parentSpanId: z.string().optional(),
    attributes: z.array(attribute),
  })
  .transform(({ attributes, ...span }) => ({
    ...span,
    attributes: new Map(attributes.map(({ key, value }) => [key, value?.stringValue])),
  }));
type Span = z.output<typeof spanSchema>;
/** ExportTraceServiceRequest of opentelemetry-proto, as OTLP/HTTP carries it in JSON. */
const exported = z.object({
  resourceSpans: z.array(
    z.object({ scopeSpans: z.array(z.object({ spans: z.array(spanSchema) })) }),
  ),
});

const register = new URL('../../../../gateway/tracing/register.mjs', import.meta.url);

/** A collector: what comes by OTLP over HTTP. */
class Collector {
  readonly spans: Span[] = [];
  readonly server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { resourceSpans } = exported.parse(JSON.parse(Buffer.concat(parts).toString()));
      const scopes = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans);
      this.spans.push(...scopes.flatMap(({ spans }) => spans));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The first span that satisfies, once it has been sent. */
  async one(what: (span: Span) => boolean): Promise<Span> {
    for (let looked = 0; looked < 100; looked += 1) {
      const found = this.spans.find(what);
      if (found !== undefined) return found;
      await pause(100);
    }
    throw new RangeError(`no such span in ${this.spans.map(({ name }) => name).join(', ')}`);
  }
}

describe('a gateway’s traces', function () {
  this.timeout(60_000);
  const collector = new Collector();
  let world: World;

  before(async () => {
    process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = await collector.start();
    process.env['OTEL_BSP_SCHEDULE_DELAY'] = '100';
    await import(register.href);
    world = await openWorld();
    await seed(world.api);
  });
  after(async () => {
    await world.close();
    collector.server.close();
  });

  it('follow a command from its request over endorsement and ordering to the read index', async () => {
    const token = world.apiKeys['data.service1'];
    const done = await world.api.call('POST', '/v1/cases', { body: filing, token: token ?? '' });
    const txId = done.str('txId');
    const ofTransaction = (name: string) =>
      collector.one((span) => span.name === name && span.attributes.get('yici.tx_id') === txId);
    const endorse = await ofTransaction('endorse');
    expect(endorse.attributes.get('yici.command')).to.equal('case.submit');
    const request = await collector.one(({ spanId }) => spanId === endorse.parentSpanId);
    expect(request.name).to.equal('POST /v1/cases');
    for (const name of ['submit', 'commit and index']) {
      const { parentSpanId, traceId } = await ofTransaction(name);
      expect({ name, parentSpanId, traceId }).to.deep.equal({
        ...{ name, parentSpanId: request.spanId, traceId: request.traceId },
      });
    }
  });

  it('belong to the trace that the caller began', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
    await fetch(`${world.url}/v1/network`, { headers: { traceparent } });
    const span = await collector.one((one) => one.traceId === traceId);
    expect([span.parentSpanId, span.attributes.get('http.route')]).to.deep.equal([
      '00f067aa0ba902b7',
      '/v1/network',
    ]);
  });

  it('hold nothing that a person wrote', async () => {
    const text = 'what nobody must read in a trace';
    const refused = await world.api.run('data.clerk1', '/v1/cases', { ...filing, [text]: text });
    expect(refused.status).to.equal(400);
    await collector.one(({ name }) => name === 'POST /v1/cases');
    expect(JSON.stringify(collector.spans)).not.to.include(text);
  });
});
