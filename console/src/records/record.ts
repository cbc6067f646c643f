import { useQuery } from '@tanstack/react-query';
import { ConsoleError } from '../errors.js';
import { usePresent } from '../session/session.js';
import type { Register } from './catalogue.js';

type Row = Readonly<Record<string, unknown>>;

/** One record by its key: read, or where no read gives one alone, looked for in its list. */
export function useRecord(register: Register, key: Readonly<Record<string, string>>) {
  const { client, session } = usePresent();
  const { name, get, read } = register;
  return useQuery<Row>({
    queryKey: [session.user, get ?? name, key],
    queryFn: async () => {
      if (get !== undefined) return client.read(get, key);
      const filters = Object.entries(key).filter(([field]) => field in read.query.shape);
      const asked = { ...Object.fromEntries(filters), limit: 200 };
      // A register is a list, which its name's type does not tell.
      const rows = client.list(name as 'cards.list', asked) as unknown as AsyncIterable<Row>;
      for await (const row of rows) {
        if (Object.entries(key).every(([field, value]) => String(row[field]) === value)) return row;
      }
      const missing = Object.values(key).join(' ');
      throw new ConsoleError('NOT_FOUND', {
        zh: `没有 ${missing}，或者不涉及本部门。`,
        en: `There is no ${missing} that concerns this department.`,
      });
    },
  });
}
