import { Alert, Checkbox, Flex } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { Failure } from '../shell/failed.js';
import { useWords } from '../words/language.js';
import { FilePick } from './file-pick.js';
import { takesValues } from '../specs.js';
import { lackingIn, takeValues, withValues, type TypedValues } from '../signing/sealed-values.js';

type Input = Readonly<Record<string, unknown>>;

interface Values {
  readonly typed: TypedValues;
  /** How often a file was read: what shows values has to look again. */
  readonly read: number;
  /** Asks for the file of values that somebody else has typed; nothing where none is lacking. */
  readonly wanted: ReactNode;
  /** The input with what goes beside it; undefined as long as neither the values are there nor digests alone are meant. */
  readonly beside: (whole: Input) => Input | undefined;
}

/** The values behind the digests of an act, whoever typed them: on this page, or on the drafter's, which saved them as a file. */
export function useValues(command: string, input: Input): Values {
  const { t } = useWords();
  const typed = useMemo<TypedValues>(() => new Map(), []);
  const [read, setRead] = useState(0);
  const [digestsOnly, setDigestsOnly] = useState(false);
  const [error, setError] = useState<Error>();
  const lacking = (of: Input) => (takesValues(command) ? lackingIn(of, typed) : 0);
  const take = async (file: File) => {
    setError(undefined);
    await takeValues(file, typed).catch(setError);
    setRead((count) => count + 1);
  };
  const count = lacking(input);
  const wanted =
    count === 0 ? null : (
      <Flex vertical gap={8} style={{ marginBottom: 16 }} data-testid="values-lack">
        <Alert type="warning" showIcon title={t('acts.valuesLack', { count })} />
        <label>
          {t('acts.valuesFile')}{' '}
          <FilePick accept=".json" testId="values-file" onFile={(file) => void take(file)} />
        </label>
        <Checkbox checked={digestsOnly} onChange={({ target }) => setDigestsOnly(target.checked)}>
          {t('acts.digestsOnly')}
        </Checkbox>
        <Failure error={error} />
      </Flex>
    );
  const beside = (whole: Input) => {
    if (lacking(whole) === 0) return withValues(command, whole, typed);
    return digestsOnly ? whole : undefined;
  };
  return { typed, read, wanted, beside };
}
