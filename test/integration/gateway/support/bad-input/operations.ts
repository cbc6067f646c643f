import { z } from 'zod';

/** A JSON schema, as far as the sweep looks into it. */
export type Schema = Readonly<Record<string, unknown>>;

export interface QueryParameter {
  readonly name: string;
  readonly schema: Schema;
}

/** One operation of the OpenAPI document. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly query: readonly QueryParameter[];
  /** Of a JSON body; undefined when it takes none. */
  readonly body: Schema | undefined;
  readonly open: boolean;
}

const schema = z.record(z.string(), z.unknown());
const operationSchema = z.object({
  parameters: z.array(z.object({ name: z.string(), in: z.string(), schema }).loose()).optional(),
  requestBody: z
    .object({ content: z.record(z.string(), z.object({ schema: schema.optional() })) })
    .optional(),
  security: z.array(z.unknown()).optional(),
});
const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
});

/** Every operation that a description names. */
export function operationsOf(document: unknown): Operation[] {
  const { paths } = documentSchema.parse(document);
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody, security }]) => ({
      method: method.toUpperCase(),
      path,
      query: parameters.filter((one) => one.in === 'query'),
      body: jsonOnly(requestBody?.content),
      open: security?.length === 0,
    })),
  );
}

/** A document may be JSON too: that is no body with a schema. */
function jsonOnly(
  content: Readonly<Record<string, { readonly schema?: Schema | undefined }>> = {},
) {
  return Object.keys(content).length === 1 ? content['application/json']?.schema : undefined;
}

/** The path with something in place of each parameter. */
export const filled = (path: string, value: string): string => path.replace(/\{\w+\}/g, value);

/** What stands in a path's places when the path is not what is tried: of the right shape, and never there. */
const stand: Readonly<Record<string, string>> = {
  caseNo: 'LEASE0001-20200101-9999',
  no: 'ONE-20200101-9999',
  taskCode: 'NOBODY',
  year: '2199',
  rulingId: 'LEASE0001-20200101-9999-R1',
  cardId: '0'.repeat(64),
  number: '99999999',
  version: '1',
  from: '2020-01-01',
};

/** The path of something that could be there and is not. */
export const nowhere = (path: string): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => stand[name] ?? 'nobody');
