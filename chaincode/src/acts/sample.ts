import { z } from 'zod';

/** What dates and instants of a sample are, so that rules which count days can count. */
export interface SampleTime {
  readonly today: string;
  readonly at: string;
}

/**
 * A value of a schema's type, whatever else the schema asks of it: for asking a rule whether it would listen at all. Optional
 * fields are left out, lists are empty.
 */
export function sampleOf(schema: z.core.$ZodType, time: SampleTime): unknown {
  if (schema instanceof z.ZodObject) return sampleOfObject(schema.shape, time);
  if (schema instanceof z.ZodArray) return [];
  if (schema instanceof z.ZodEnum) return schema.options[0];
  if (schema instanceof z.ZodLiteral) return schema.value;
  return sampleOfScalar(schema, time);
}

function sampleOfScalar(schema: z.core.$ZodType, { today, at }: SampleTime): unknown {
  if (schema instanceof z.ZodNumber) return 1;
  if (schema instanceof z.ZodBoolean) return true;
  if (schema instanceof z.ZodISODate) return today;
  return schema instanceof z.ZodISODateTime ? at : 'x';
}

function sampleOfObject(
  shape: Readonly<Record<string, z.core.$ZodType>>,
  time: SampleTime,
): Record<string, unknown> {
  const required = Object.entries(shape).filter(([, field]) => !isOptional(field));
  return Object.fromEntries(required.map(([name, field]) => [name, sampleOf(field, time)]));
}

export const isOptional = (field: z.core.$ZodType): boolean => field instanceof z.ZodExactOptional;
