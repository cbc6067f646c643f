// Sends a gateway's traces to a collector by OTLP over HTTP. Loaded before the gateway's own code:
//   npm install --prefix gateway/tracing
//   NODE_OPTIONS="--import file://$PWD/gateway/tracing/register.mjs" OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318 yici-gateway …
// OpenTelemetry's own variables apply: OTEL_EXPORTER_OTLP_*, OTEL_TRACES_SAMPLER, OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES.
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

const named = resourceFromAttributes({ 'service.name': 'yici-gateway' });
const provider = new NodeTracerProvider({
  resource: named.merge(detectResources({ detectors: [envDetector] })),
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
});
// Context that follows asynchronous work, and `traceparent` of requests.
provider.register();
// What was not sent yet; the gateway ends when it has stopped, which takes longer.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void provider.forceFlush().catch(() => undefined));
}
