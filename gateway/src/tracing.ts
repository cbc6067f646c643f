import {
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
} from '@opentelemetry/api';

/**
 * OpenTelemetry traces. The gateway makes spans by OpenTelemetry's API alone, which does nothing until the operator loads an SDK
 * into the process (docs/operations.md): no exporter is part of the product, and without one a span costs nothing.
 * Attributes are names of routes, commands, codes, and transaction ids; nothing that a person wrote.
 */
const tracer = () => trace.getTracer('yici-gateway');

/** The span of one request, as a child of the caller's own when the request names one (W3C Trace Context, `traceparent`). */
export function requestSpan(
  method: string,
  headers: Readonly<Record<string, unknown>>,
): { readonly span: Span; readonly within: (work: () => void) => void } {
  const caller = propagation.extract(context.active(), headers);
  const span = tracer().startSpan(method, { kind: SpanKind.SERVER }, caller);
  return {
    span,
    within: (work) => context.with(trace.setSpan(caller, span), work),
  };
}

/** Names and ends a request's span. `route` is a pattern, of which there are as many as routes. */
export function endRequest(span: Span, method: string, route: string, status: number): void {
  span.updateName(`${method} ${route}`);
  span.setAttributes({
    'http.request.method': method,
    'http.route': route,
    'http.response.status_code': status,
  });
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** Runs work within a span of its own. An error's code is recorded, and the error passed on. */
export function traced<T>(
  name: string,
  attributes: Attributes,
  work: () => Promise<T>,
): Promise<T> {
  return tracer().startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setAttribute('error.type', codeOf(error));
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error
    ? String(error.code)
    : 'UNEXPECTED';
