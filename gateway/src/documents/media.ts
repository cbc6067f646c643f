import { fileTypeFromBuffer } from 'file-type';
import { GatewayError } from '../errors.js';

/** Number of leading bytes from which the type of a document is recognised. */
export const sampleBytes = 4_100;

const zipped = ['application/zip'];
const office = 'application/vnd.openxmlformats-officedocument';

/** A seal's proof (PKCS #7, RFC 8551; GB/T 38540 is encoded alike): DER, which begins with a SEQUENCE, or text. */
const sealType = 'application/pkcs7-signature';
const sequence = 0x30;

/**
 * The accepted media types, each with its possible signatures. OFD (GB/T 33190) and office files are zip archives; text
 * has no signature.
 */
const magic: Readonly<Record<string, readonly (string | undefined)[]>> = {
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
  [sealType]: [undefined],
};

/** Media types of documents, in the order of the documentation. */
export const mediaTypes: readonly string[] = Object.keys(magic);

/**
 * The media type of an upload, without parameters.
 * @throws GatewayError MEDIA_TYPE_UNSUPPORTED when it is absent or not accepted.
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

const isSeal = (type: string, [first]: Uint8Array): boolean =>
  type === sealType && first === sequence;

/** @throws GatewayError DOCUMENT_TYPE_MISMATCH when the bytes do not match the type. */
export async function checkMediaType(type: string, sample: Uint8Array): Promise<void> {
  const found = (await fileTypeFromBuffer(sample))?.mime;
  const binary = found === undefined && sample.includes(0);
  if (binary ? isSeal(type, sample) : (magic[type] ?? []).includes(found)) return;
  throw new GatewayError('DOCUMENT_TYPE_MISMATCH', `The bytes are no ${type}.`, {
    details: { declared: type, found: found ?? (binary ? 'binary' : 'unknown') },
  });
}
