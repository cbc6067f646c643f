import { rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Sentence } from '@yici/ledger';
import { z } from 'zod';
import { writeFully } from '../../embedded/storage/file-io.js';
import { NetworkError } from '../../errors.js';
import { writeAtomically } from '../../atomic.js';
import { present } from '../../present.js';
import { readJson } from '../../read-json.js';
import { toError } from '../../to-error.js';
import { fileError } from './archive-errors.js';

/** Bytes received so far; `total` when the server reports it. */
export interface Progress {
  readonly received: number;
  readonly total?: number | undefined;
}

export interface DownloadOptions {
  readonly url: string;
  /** Target file; an existing part is continued if the server confirms that it belongs to the same file. */
  readonly part: string;
  /** Maximum size; a larger response is not a release. */
  readonly most?: number;
  /** Maximum number of consecutive attempts without new bytes. */
  readonly retries?: number;
  /** Pause before the second attempt, in milliseconds; doubled each time. */
  readonly pauseMs?: number;
  /** Maximum time without data from the server, in milliseconds. */
  readonly silenceMs?: number;
  readonly onProgress?: (progress: Progress) => void;
  readonly onRetry?: (why: Sentence) => void;
}

const defaults = {
  most: 1024 ** 3,
  retries: 4,
  pauseMs: 500,
  silenceMs: 60_000,
};
const longestPauseMs = 10_000;

/**
 * Downloads a file to `part`, resuming after an interruption as in RFC 9110 13.1.5 and 14.2 (Range with If-Range).
 * Received bytes are kept when it throws, so that the next run resumes.
 * @throws NetworkError FABRIC_DOWNLOAD_FAILED, FABRIC_DISK_FULL, DATA_FOLDER_UNUSABLE
 */
export async function download(options: DownloadOptions): Promise<void> {
  const { retries, pauseMs } = { ...defaults, ...options };
  let most = sizeOf(options.part);
  for (let idle = 0; ;) {
    const failure = await attempt(options);
    if (failure === undefined) return;
    const size = sizeOf(options.part);
    idle = size > most ? 0 : idle + 1;
    most = Math.max(most, size);
    if (!failure.again || idle >= retries) throw failed(options.url, failure);
    options.onRetry?.(failure.why);
    await delay(Math.min(pauseMs * 2 ** idle, longestPauseMs));
  }
}

interface Failure {
  readonly why: Sentence;
  /** Whether another attempt may succeed. */
  readonly again: boolean;
  readonly cause?: unknown;
  /** What the server answered. */
  readonly status?: number;
}

async function attempt(options: DownloadOptions): Promise<Failure | undefined> {
  const { url, part, silenceMs } = { ...defaults, ...options };
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), silenceMs);
  try {
    const response = await fetch(url, { headers: wanted(part), signal: silence.signal });
    return await receive(response, options, () => {
      timer.refresh();
    });
  } catch (cause) {
    // A server that sends too much would do so again.
    if (cause instanceof NetworkError) discardPart(part);
    const error = fileError(cause, part);
    if (error instanceof NetworkError) throw error;
    return { why: reason(cause), again: true, cause };
  } finally {
    clearTimeout(timer);
  }
}

/** Requests the remaining bytes; `identity`, because the server must not compress the archive again. */
function wanted(part: string): Record<string, string> {
  const have = sizeOf(part);
  // Without this record the part is useless, and the download starts over.
  const validator = readJson(noteSchema, noteFile(part))?.validator;
  return {
    'accept-encoding': 'identity',
    ...(have === 0 || validator === undefined
      ? {}
      : { range: `bytes=${have}-`, 'if-range': validator }),
  };
}

async function receive(
  response: Response,
  options: DownloadOptions,
  alive: () => void,
): Promise<Failure | undefined> {
  const { url, part, most, onProgress } = { ...defaults, ...options };
  const start = startOf(response, part);
  if (typeof start === 'string' || response.body === null) {
    await response.body?.cancel();
    return start === 'whole' ? undefined : refusal(response, start === 'again', options);
  }
  const total = totalOf(response, start);
  if (start === 0) startOver(response, part);
  const received = await append(response.body, start, options, (size) => {
    if (size > most) {
      const why = {
        zh: '服务器发送的内容超过发布包可能的大小',
        en: 'it sends more than a release can be',
      };
      throw failed(url, { why });
    }
    alive();
    onProgress?.({ received: size, total });
  });
  if (total === undefined || received === total) return undefined;
  const why = {
    zh: `共 ${total} 字节，只收到 ${received} 字节`,
    en: `${received} of ${total} bytes came`,
  };
  return { why, again: true };
}

/** Appends a body to the file; every counted byte is in the file even after a failure. */
async function append(
  body: NonNullable<Response['body']>,
  start: number,
  { part }: DownloadOptions,
  counted: (size: number) => void,
): Promise<number> {
  const handle = await open(part, start === 0 ? 'w' : 'r+');
  try {
    let size = start;
    const chunks: AsyncIterable<Uint8Array> = Readable.fromWeb(body);
    for await (const chunk of chunks) {
      await writeFully(handle, [chunk], size);
      size += chunk.length;
      counted(size);
    }
    return size;
  } finally {
    await handle.close();
  }
}

/** The offset of the body in the file, or the meaning of another response. */
function startOf(response: Response, part: string): number | 'whole' | 'again' | 'refused' {
  const have = sizeOf(part);
  const range = contentRange(response);
  switch (response.status) {
    case 200:
      return 0;
    case 206:
      return range.start === have ? have : 'again';
    case 416:
      if (have === 0) return 'refused';
      return range.total === have ? 'whole' : 'again';
    default:
      return 'refused';
  }
}

interface ContentRange {
  readonly start?: number;
  readonly total?: number;
}

/** RFC 9110 14.4: `bytes 100-199/200`, or `bytes *\/200` with a refusal. */
function contentRange({ headers }: Response): ContentRange {
  const text = headers.get('content-range') ?? '';
  const [, start, total] = /^bytes (?:([0-9]+)-[0-9]+|\*)\/(?:([0-9]+)|\*)$/.exec(text) ?? [];
  return {
    ...(start === undefined ? {} : { start: Number(start) }),
    ...(total === undefined ? {} : { total: Number(total) }),
  };
}

function totalOf(response: Response, start: number): number | undefined {
  const length = response.headers.get('content-length');
  return length === null ? undefined : start + Number(length);
}

function refusal({ status }: Response, startAgain: boolean, { part }: DownloadOptions): Failure {
  // The server's file is not the one that the part belongs to.
  if (startAgain) discardPart(part);
  const passing = status >= 500 || status === 408 || status === 429;
  const why = { zh: `服务器答复 ${status}`, en: `the server answers ${status}` };
  return { why, again: startAgain || passing, status };
}

function failed(
  url: string,
  { why: { zh, en }, cause, status }: Omit<Failure, 'again'>,
): NetworkError {
  return new NetworkError(
    'FABRIC_DOWNLOAD_FAILED',
    {
      zh: `${url} 无法下载：${zh}。重新执行即从中断处继续；不能访问该地址的，用 --mirror 地址，或者另行下载后用 --archive 文件。`,
      en: `${url} cannot be fetched: ${en}. Run it again to go on; without a way to that address use --mirror URL, or fetch the file elsewhere and use --archive FILE.`,
    },
    { details: { url, why: en, ...present({ status }) }, cause },
  );
}

/** fetch reports the reason in the cause of its error. */
function reason(thrown: unknown): Sentence {
  const error = toError(thrown);
  if (error.name === 'AbortError') return { zh: '服务器不再发送', en: 'the server fell silent' };
  const { cause, message } = error;
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return { zh: message + code, en: message + code };
}

const noteSchema = z.strictObject({ validator: z.string().min(1).max(1000) });

/** Records which file a part belongs to: by a strong ETag, otherwise by its date (RFC 9110 13.1.5 allows no weak ETag). */
function startOver({ headers }: Response, part: string): void {
  discardPart(part);
  const etag = headers.get('etag');
  const strong = etag?.startsWith('W/') === true ? null : etag;
  const validator = strong ?? headers.get('last-modified');
  if (validator !== null) writeAtomically(noteFile(part), `${JSON.stringify({ validator })}\n`);
}

function noteFile(part: string): string {
  return `${part}.json`;
}

/** Removes a part and its record. */
export function discardPart(part: string): void {
  rmSync(part, { force: true });
  rmSync(noteFile(part), { force: true });
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
