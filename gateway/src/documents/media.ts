import { fileTypeFromBuffer } from 'file-type';
import { GatewayError } from '../errors.js';

/** How many bytes at the beginning of a document tell its type. */
export const sampleBytes = 4_100;

const zipped = ['application/zip'];
const office = 'application/vnd.openxmlformats-officedocument';

/**
 * The media types that are taken, each with what its bytes may look like. OFD (GB/T 33190) and office files are zip
 * archives; text has no signature of its own.
 */
const looks: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'application/pdf': ['application/pdf'],
  'application/ofd': [...zipped, 'application/ofd'],
  [`${office}.wordprocessingml.document`]: [...zipped, `${office}.wordprocessingml.document`],
  [`${office}.spreadsheetml.sheet`]: [...zipped, `${office}.spreadsheetml.sheet`],
  'application/zip': zipped,
  'image/jpeg': ['image/jpeg'],
  'image/png': ['image/png'],
  'image/tiff': ['image/tiff'],
  'application/xml': ['application/xml', undefined],
  'application/json': [undefined],
  'text/plain': [undefined],
};

/** Media types of documents, in the order that the documentation gives. */
export const mediaTypes: readonly string[] = Object.keys(looks);

/**
 * The media type of an upload, without parameters.
 * @throws GatewayError MEDIA_TYPE_UNSUPPORTED when there is none or it is not one that is taken.
 */
export function mediaTypeOf(header: string | undefined, taken: readonly string[]): string {
  const type = header?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (taken.includes(type)) return type;
  throw new GatewayError(
    'MEDIA_TYPE_UNSUPPORTED',
    `Send the document as one of: ${taken.join(', ')}.`,
    {
      details: { given: type, taken },
    },
  );
}

/** @throws GatewayError DOCUMENT_TYPE_MISMATCH when the bytes are not what the type says. */
export async function checkLooks(type: string, sample: Uint8Array): Promise<void> {
  const found = (await fileTypeFromBuffer(sample))?.mime;
  const binary = found === undefined && sample.includes(0);
  if ((looks[type] ?? []).includes(found) && !(looks[type]?.includes(undefined) && binary)) return;
  throw new GatewayError('DOCUMENT_TYPE_MISMATCH', `The bytes are no ${type}.`, {
    details: { declared: type, found: found ?? (binary ? 'binary' : 'unknown') },
  });
}
