import { useWords } from '../words/language.js';
import { useRead } from './reads.js';

/** Departments by their names; the id where the network does not know one. */
export function useNames(): (id: string) => string {
  const departments = useDepartments();
  const known = new Map(departments.map(({ value, label }) => [value, label]));
  return (id) => known.get(id) ?? id;
}

/** The departments of the network, to choose from. */
export function useDepartments(): { readonly value: string; readonly label: string }[] {
  const { say } = useWords();
  const { data } = useRead('network.get', {});
  return data?.departments.map(({ id, name }) => ({ value: id, label: say(name) || id })) ?? [];
}
