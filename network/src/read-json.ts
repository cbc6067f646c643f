import { readFileSync } from 'node:fs';
import type { z } from 'zod';

/** What a JSON file of this shape holds; undefined when there is none, or it holds something else. */
export function readJson<Shape extends z.ZodType>(
  shape: Shape,
  file: string,
): z.output<Shape> | undefined {
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
