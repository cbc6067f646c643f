import { z } from 'zod';
import { text } from './scalars';

/** 设定依据: law, document number, clause and its text. */
export const legalBasis = z.strictObject({
  law: text(200),
  documentNumber: text(100).exactOptional(),
  clause: text(100),
  text: text(2000),
});
