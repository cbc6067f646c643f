import { conditionCode, datasetId, fieldCode, type DatasetRecord } from '@yici/domain/model';
import { createContext, useContext, type ReactNode } from 'react';
import { usePages, useRead } from '../session/reads.js';
import { useWords } from '../words/language.js';
import { bare } from './shapes.js';

type About = Readonly<Record<string, unknown>>;

/** The data set that a record or an input is about, by its own id or that of its share; undefined where there is none, or until it is known. */
export function useDatasetOf({ datasetId: named, shareId }: About): DatasetRecord | undefined {
  const own = typeof named === 'string' ? named : undefined;
  const isOfShare = own === undefined && typeof shareId === 'string';
  const share = useRead('shares.get', isOfShare ? { shareId } : undefined).data;
  const id = own ?? share?.datasetId;
  return useRead('datasets.get', id === undefined ? undefined : { datasetId: id }).data;
}

/** The same of a form, in which the id may be half typed; of its share only where that was `given`. */
export function useDatasetOfForm(input: About, given: About): DatasetRecord | undefined {
  const { items } = usePages<DatasetRecord>('datasets.list', { limit: 200 });
  const known = useDatasetOf(given);
  return items.find((one) => one.datasetId === input['datasetId']) ?? known;
}

const Context = createContext<DatasetRecord | undefined>(undefined);

interface OfDatasetProps {
  readonly about: object;
  readonly children: ReactNode;
}

/** What is below is about this, so that fields and conditions of its data set are called as the data set calls them. */
export function OfDataset({ about, children }: OfDatasetProps) {
  const above = useContext(Context);
  const own = useDatasetOf({ ...about });
  return <Context.Provider value={own ?? above}>{children}</Context.Provider>;
}

/** What a data set is called, and what is one of its codes by its schema; undefined of any other. */
export function useDatasetWords(): (schema: unknown, code: string) => string | undefined {
  const { say } = useWords();
  const { datasetId: id, name, fields, conditions } = useContext(Context) ?? {};
  return (schema, code) => {
    const of = bare(schema);
    if (of === datasetId) return code === id ? say(name) : undefined;
    if (of === fieldCode)
      return say(fields?.find((field) => field.code === code)?.name) || undefined;
    if (of !== conditionCode) return undefined;
    return conditions?.terms.find((term) => term.code === code)?.text;
  };
}
