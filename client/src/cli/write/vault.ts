import { seal } from '../../documents/digest.js';
import type { Disclosure } from '../../documents/disclosure.js';
import { keepSalt } from '../../documents/salt-store.js';
import type { FormSources, OptionValues } from '../form/values.js';
import { saltFolder } from '../home.js';
import { writeNew } from '../new-file.js';
import type { Terminal } from '../../terminal/terminal.js';
import type { Input } from './prepare.js';

/** Computes the digests of one call, stores their salts, and writes the disclosure that the requester needs. */
export interface Vault extends FormSources {
  /** Writes `--disclosure`, before anything is sent. @throws ClientError USAGE when the file exists or cannot be written. */
  disclose(input: Input, values: OptionValues): Promise<void>;
  /** The sealed fields with their salts, for a command that takes them privately. */
  confided(): { values: { code: string; value: string; salt: string }[] } | undefined;
}

export function openVault(terminal: Terminal): Vault {
  const fields: Disclosure['fields'] = [];
  return {
    terminal,
    async seal(content, label) {
      const made = seal(content);
      await keepSalt(saltFolder(terminal.env), made, label);
      if (typeof content === 'string') {
        fields.push({
          code: label,
          value: content,
          salt: Buffer.from(made.salt).toString('base64'),
        });
      }
      return made.sealed;
    },
    confided() {
      if (fields.length === 0) return undefined;
      const values = fields.map(({ code, value, salt }) => ({
        code,
        value,
        salt: Buffer.from(salt, 'base64').toString('hex'),
      }));
      return { values };
    },
    async disclose(input, values) {
      const { disclosure: file } = values;
      const { attestationId } = input;
      if (typeof file !== 'string' || typeof attestationId !== 'string') return;
      const disclosure: Disclosure = { v: 1, attestationId, fields };
      await writeNew(file, Buffer.from(`${JSON.stringify(disclosure, null, 2)}\n`, 'utf8'));
    },
  };
}
