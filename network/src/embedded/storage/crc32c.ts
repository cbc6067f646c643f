/** Slicing-by-8 tables of the Castagnoli polynomial (reflected), 8 x 256 entries. */
const tables = buildTables();

/**
 * CRC-32C (RFC 3720 appendix B.4) of `bytes`; `seed` is the checksum of what came before them. It guards against
 * torn writes and decay, not against forgery: the hash chain does that.
 */
export function crc32c(bytes: Uint8Array, seed = 0): number {
  const t = tables;
  const end = bytes.length;
  let crc = ~seed;
  let i = 0;
  // Indices stay inside the arrays by construction, hence `at`.
  for (; i + 8 <= end; i += 8) {
    const low =
      crc ^
      (at(bytes, i) |
        (at(bytes, i + 1) << 8) |
        (at(bytes, i + 2) << 16) |
        (at(bytes, i + 3) << 24));
    crc =
      at(t, 1792 + (low & 255)) ^
      at(t, 1536 + ((low >>> 8) & 255)) ^
      at(t, 1280 + ((low >>> 16) & 255)) ^
      at(t, 1024 + (low >>> 24)) ^
      at(t, 768 + at(bytes, i + 4)) ^
      at(t, 512 + at(bytes, i + 5)) ^
      at(t, 256 + at(bytes, i + 6)) ^
      at(t, at(bytes, i + 7));
  }
  for (; i < end; i++) crc = at(t, (crc ^ at(bytes, i)) & 255) ^ (crc >>> 8);
  return ~crc >>> 0;
}

function at(array: Uint8Array | Int32Array, index: number): number {
  return array[index] ?? 0;
}

function buildTables(): Int32Array {
  const result = new Int32Array(8 * 256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let bit = 0; bit < 8; bit++) c = (c & 1) === 1 ? (c >>> 1) ^ 0x82f63b78 : c >>> 1;
    result[n] = c;
  }
  for (let n = 0; n < 256; n++) {
    let c = at(result, n);
    for (let table = 1; table < 8; table++) {
      c = at(result, c & 255) ^ (c >>> 8);
      result[table * 256 + n] = c;
    }
  }
  return result;
}
