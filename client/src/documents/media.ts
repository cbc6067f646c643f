import { extname } from 'node:path';

/** Media types by file extension, as far as a gateway stores them. */
const types: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.ofd': 'application/ofd',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.zip': 'application/zip',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.xml': 'application/xml',
  '.json': 'application/json',
  '.txt': 'text/plain',
  // What proves a seal.
  '.p7s': 'application/pkcs7-signature',
  '.sig': 'application/pkcs7-signature',
  '.esl': 'application/pkcs7-signature',
};

/** The media type of a file by its name's ending; undefined where a gateway has none for it. */
export const mediaTypeOfName = (name: string): string | undefined =>
  types[extname(name).toLowerCase()];
