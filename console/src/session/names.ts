import { useWords } from '../words/language.js';
import { useRead } from './reads.js';

/** Departments by their names, of their ids or of their MSPs; the id where the network does not know one. */
export function useNames(): (id: string) => string {
  const { say } = useWords();
  const { departments = [] } = useRead('network.get', {}).data ?? {};
  const known = new Map(
    departments.flatMap(({ id, mspId, name }) => [id, mspId].map((one) => [one, say(name) || id])),
  );
  return (id) => known.get(id) ?? id;
}

/** The departments of the network, to choose from. */
export function useDepartments(): { readonly value: string; readonly label: string }[] {
  const { say } = useWords();
  const { data } = useRead('network.get', {});
  return data?.departments.map(({ id, name }) => ({ value: id, label: say(name) || id })) ?? [];
}
