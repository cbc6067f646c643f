import { archiveInvalid, archiveUnsafe } from './archive-errors.js';

export const blockSize = 512;

/** What a member of an archive is, or what the format says about the next one. */
export type TarKind =
  | 'file'
  | 'directory'
  | 'symbolicLink'
  | 'hardLink'
  | 'extended'
  | 'extendedGlobal'
  | 'longName'
  | 'longTarget';

/** A header block of POSIX.1-1988 ustar, also as GNU tar and pax write it. */
export interface TarHeader {
  readonly name: string;
  readonly kind: TarKind;
  readonly size: number;
  readonly executable: boolean;
  /** Where a link points. */
  readonly target: string;
}

const kinds: Readonly<Record<string, TarKind>> = {
  '\0': 'file',
  '0': 'file',
  '1': 'hardLink',
  '2': 'symbolicLink',
  '5': 'directory',
  x: 'extended',
  g: 'extendedGlobal',
  L: 'longName',
  K: 'longTarget',
};

/**
 * Reads a header; undefined for a block of zeros, which begins the end mark.
 * @throws NetworkError FABRIC_ARCHIVE_INVALID; FABRIC_ARCHIVE_UNSAFE for a device, a pipe or a type nobody knows.
 */
export function parseHeader(block: Buffer): TarHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  checkSum(block);
  const type = block.toString('latin1', 156, 157);
  const name = fullName(block);
  const kind = kinds[type];
  if (kind === undefined) {
    throw archiveUnsafe(name, `is a device, a pipe or of a type that is not unpacked (${type})`);
  }
  return {
    name,
    kind,
    size: octal(block, 124, 12, 'size'),
    executable: (octal(block, 100, 8, 'mode') & 0o100) !== 0,
    target: text(block, 157, 100),
  };
}

function fullName(block: Buffer): string {
  // The prefix field exists in ustar only; GNU tar keeps times there.
  const posix = block.toString('latin1', 257, 263) === 'ustar\0';
  const prefix = posix ? text(block, 345, 155) : '';
  const name = text(block, 0, 100);
  return prefix === '' ? name : `${prefix}/${name}`;
}

function checkSum(block: Buffer): void {
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  if (octal(block, 148, 8, 'checksum') !== sum) throw archiveInvalid('a header is damaged');
}

function octal(block: Buffer, at: number, length: number, field: string): number {
  const digits = text(block, at, length).trim();
  // GNU's binary numbers are for 8 GiB and more: nothing here is that large.
  if (!/^[0-7]{0,11}$/.test(digits)) throw archiveInvalid(`a header has no proper ${field}`);
  return digits === '' ? 0 : parseInt(digits, 8);
}

function text(block: Buffer, at: number, length: number): string {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end);
}

/** The records `<length> <key>=<value>\n` of a pax header. @throws NetworkError FABRIC_ARCHIVE_INVALID */
export function parseExtended(bytes: Buffer): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const digits = bytes.toString('latin1', at, Math.max(space, at));
    const end = at + Number(digits);
    if (!/^[1-9][0-9]{0,6}$/.test(digits) || end > bytes.length || bytes[end - 1] !== 0x0a) {
      throw archiveInvalid('an extended header is damaged');
    }
    const record = bytes.toString('utf8', space + 1, end - 1);
    const equals = record.indexOf('=');
    if (equals < 1) throw archiveInvalid('an extended header is damaged');
    records.set(record.slice(0, equals), record.slice(equals + 1));
    at = end;
  }
  return records;
}
