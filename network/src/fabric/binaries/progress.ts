import type { Progress } from './download.js';

const percentStep = 5;
const byteStep = 10_000_000;

/** Prints a line at each twentieth of a download, or every 10 MB when the length is unknown. */
export function progressLines(write: (text: string) => void): (progress: Progress) => void {
  let last = -1;
  return ({ received, total }) => {
    const step = stepOf(received, total);
    if (step === last) return;
    last = step;
    write(
      total === undefined
        ? `  ${megabytes(received)}`
        : `  ${megabytes(received)} / ${megabytes(total)}  ${Math.floor((received / total) * 100)}%`,
    );
  };
}

function stepOf(received: number, total: number | undefined): number {
  return total === undefined
    ? Math.floor(received / byteStep)
    : Math.floor((received / total) * (100 / percentStep));
}

/** A number of bytes for people, such as `125.3 MB`. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
