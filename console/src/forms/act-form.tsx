import { useMemo, useState, type ReactNode } from 'react';
import { useAct } from '../signing/act.js';
import { OfficeChoice } from '../signing/office-choice.js';
import { useWords } from '../words/language.js';
import { BaseForm } from './base-form.js';
import { beginningOf } from './beginning.js';
import { effectsOf } from './effects.js';
import { FormValuesProvider } from '../signing/sealed-values.js';
import { formOf } from './schema.js';
import { useValues } from './values-wanted.js';

type Input = Readonly<Record<string, unknown>>;

interface ActFormProps {
  readonly command: string;
  /** What of the input is known already. */
  readonly given: Input;
  /** What somebody has written of the rest. */
  readonly begun?: Input;
  /** Of an act that an earlier page may have begun. */
  readonly actKey?: string;
  readonly onDone: () => void;
  /** What else can be done with what is typed. */
  readonly beside?: (typed: Input, setTyped: (typed: Input) => void) => ReactNode;
}

/** The form of any command, derived from its schema. A refused act loses nothing typed. */
export default function ActForm(props: ActFormProps) {
  const { command, given, begun, actKey, onDone, beside } = props;
  const { t, language } = useWords();
  const act = useAct();
  const [typed, setTyped] = useState<Input>(() => begun ?? beginningOf(command));
  const [under, setUnder] = useState<string>();
  const values = useValues(command, { ...given, ...typed });
  const Effects = effectsOf(command);
  const form = useMemo(
    () => formOf(command, Object.keys(given), language),
    [command, given, language],
  );
  return (
    <FormValuesProvider
      value={{ input: { ...given, ...typed }, given: { ...begun, ...given }, typed: values.typed }}
    >
      <OfficeChoice under={under} onChange={setUnder} />
      {values.wanted}
      <BaseForm
        key={values.read}
        {...form}
        typed={typed}
        onType={(now) => setTyped(now as Input)}
        submit={t('sign.title')}
        onSubmit={(filled) => {
          const office = under === undefined ? {} : { under };
          const input = values.beside({ ...given, ...(filled as Input) });
          if (input === undefined) return;
          void act(command, { ...input, ...office }, actKey).then((committed) => {
            if (committed !== undefined) onDone();
          });
        }}
      />
      {Effects === undefined ? null : <Effects input={{ ...given, ...typed }} />}
      {beside?.(typed, setTyped)}
    </FormValuesProvider>
  );
}
