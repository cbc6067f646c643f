import { join } from 'node:path';
import { AuditJournal, GatewayError, type Upload } from '@yici/gateway/testing';

/** Who reads in these tests. */
export const by = { department: 'hrss', role: 'clerk', user: 'hrss.clerk1' };
export const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(200_000, 0x41)]);
export const upload: Upload = { name: '申请表.pdf', type: 'application/pdf', by };

/** Content as a request brings it. */
export async function* pieces(bytes: Uint8Array, size = 10_000): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) {
    yield bytes.subarray(start, start + size);
    await Promise.resolve();
  }
}

export async function collect(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of stream) all.push(piece);
  return Buffer.concat(all);
}

export const openJournal = (folder: string) =>
  AuditJournal.open(join(folder, 'audit'), () => new Date());

/** The code that work is refused with. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'no error';
  } catch (error) {
    return error instanceof GatewayError ? error.code : String(error);
  }
}
