import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { SEGMENT_HEADER_BYTES } from '../../embedded/storage/frame.js';
import { SegmentReader } from '../../embedded/storage/segment-reader.js';
import { firstBlockOf, lastSegment, segmentPath } from '../../embedded/storage/segments.js';
import { NetworkError } from '../../errors.js';
import { writeAtomically } from '../../atomic.js';
import { present } from '../../present.js';
import type { DataFolder } from '../../supervisor/data-folder.js';
import { readTopology } from '../../topology/load.js';
import type { CommandContext } from '../context.js';

/** One block of a chain on disk. */
interface ExportedBlock {
  readonly number: bigint;
  /** Raw `common.Block`. */
  readonly bytes: Uint8Array;
}

/** What an export wrote; `last` is absent when there was nothing from `from` on. */
interface ExportReport {
  readonly written: number;
  readonly from: bigint;
  readonly last?: bigint;
  readonly out: string;
}

/**
 * Writes every block from `from` on as `<number>.block`, the raw protobuf `common.Block`. For the embedded engine it
 * reads the block files without locking them, so a running network can be exported too; a block that is being appended
 * is left out. For native nodes it asks a peer: that of the named department, otherwise the first that answers.
 * @throws NetworkError NOT_RUNNING (no chain in the folder, no peer that answers), BLOCK_FILE_CORRUPT, PEER_REFUSED
 */
export async function exportBlocks(
  folder: DataFolder,
  out: string,
  from = 0n,
  department?: string,
): Promise<ExportReport> {
  let written = 0;
  let last: bigint | undefined;
  for await (const { number, bytes } of blocksOf(folder, from, department)) {
    writeAtomically(join(out, `${number}.block`), bytes);
    written += 1;
    last = number;
  }
  return { written, from, out, ...present({ last }) };
}

interface BlockExportOptions {
  readonly out: string;
  readonly from?: bigint;
  readonly department?: string;
}

/** Writes the chain's blocks and says how many. Errors as {@link exportBlocks}. */
export async function exportChain(
  { folder, output }: CommandContext,
  { out, from, department }: BlockExportOptions,
): Promise<void> {
  const report = await exportBlocks(folder, out, from, department);
  output.result(report, {
    zh: `已写出 ${report.written} 个区块到 ${report.out}`,
    en: `${report.written} blocks written to ${report.out}`,
  });
}

async function* blocksOf(
  folder: DataFolder,
  from: bigint,
  department: string | undefined,
): AsyncGenerator<ExportedBlock> {
  const topology = existsSync(folder.topology) ? readTopology(folder.topology) : undefined;
  if (topology?.engine === 'fabric') {
    const { peerBlocks } = await import('../../fabric/export.js');
    yield* peerBlocks(topology, folder, from, department);
  } else yield* readBlockFiles(folder, from);
}

/** The blocks of a data folder from `from` on, read-only. Errors as {@link exportBlocks}. */
export async function* readBlockFiles(
  folder: DataFolder,
  from: bigint,
): AsyncGenerator<ExportedBlock> {
  if (!existsSync(folder.blocks)) {
    throw new NetworkError(
      'NOT_RUNNING',
      {
        zh: `${folder.root} 中没有账本，请先执行 yici-network up。`,
        en: `There is no chain in ${folder.root}: run yici-network up first.`,
      },
      { details: { folder: folder.root } },
    );
  }
  const segments = await lastSegment(folder.blocks);
  let segment = await segmentHolding(folder, segments, from);
  for (; segment <= segments; segment += 1) yield* readSegment(folder, segment, from);
}

/** The last segment that starts at or before the block. */
async function segmentHolding(folder: DataFolder, segments: number, from: bigint): Promise<number> {
  for (let segment = segments; segment > 1; segment -= 1) {
    const first = await firstBlockOf(folder.blocks, segment);
    if (first !== undefined && first <= from) return segment;
  }
  return 1;
}

async function* readSegment(
  folder: DataFolder,
  segment: number,
  from: bigint,
): AsyncGenerator<ExportedBlock> {
  const file = segmentPath(folder.blocks, segment);
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const reader = new SegmentReader(handle, file, size, SEGMENT_HEADER_BYTES);
    for (let record = await reader.next(); record.kind === 'block'; record = await reader.next()) {
      if (record.number >= from) yield { number: record.number, bytes: record.bytes };
    }
  } finally {
    await handle.close();
  }
}

/** Number of blocks on disk, 0 when there is no chain yet. Reads only the last segment. */
export async function chainHeight(folder: DataFolder): Promise<number> {
  if (!existsSync(folder.blocks)) return 0;
  const segments = await lastSegment(folder.blocks);
  if (segments === 0) return 0;
  let height = 0;
  for await (const { number } of readSegment(folder, segments, 0n)) height = Number(number) + 1;
  return height;
}
