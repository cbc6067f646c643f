import { useMemo, useState, type ReactNode } from 'react';
import { saveFile } from '../documents/save.js';
import { useAct } from '../signing/act.js';
import { OfficeChoice } from '../signing/office-choice.js';
import { useWords } from '../words/language.js';
import { BaseForm } from './base-form.js';
import { CalendarEffects } from './calendar-effects.js';
import { beginningOf } from './beginning.js';
import {
  disclosureOf,
  FormValuesProvider,
  privatePart,
  sealedIn,
  type FormValues,
} from './sealed-values.js';
import { formOf, takesValues } from './schema.js';

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
  const values = useMemo(() => new Map<string, { value: string; salt: Uint8Array }>(), []);
  const form = useMemo(
    () => formOf(command, Object.keys(given), language),
    [command, given, language],
  );
  return (
    <FormValuesProvider value={{ input: { ...given, ...typed }, typed: values }}>
      <OfficeChoice under={under} onChange={setUnder} />
      <BaseForm
        {...form}
        typed={typed}
        onType={(now) => {
          setTyped(now as Input);
        }}
        submit={t('sign.title')}
        onSubmit={(filled) => {
          const office = under === undefined ? {} : { under };
          const input = withValues(command, { ...given, ...(filled as Input) }, values);
          void act(command, { ...input, ...office }, actKey).then((committed) => {
            if (committed !== undefined) onDone();
          });
        }}
      />
      {command === 'calendar.import' ? <CalendarEffects input={{ ...given, ...typed }} /> : null}
      {beside?.(typed, setTyped)}
    </FormValuesProvider>
  );
}

/**
 * An input with the values that were typed for it, where its command takes them. Those of an attestation are handed over as a file,
 * before anything is sent: nobody could match them to its digests without their salts.
 */
function withValues(command: string, input: Input, typed: FormValues['typed']): Input {
  const values = sealedIn(input, typed);
  if (values.length === 0) return input;
  if (takesValues(command)) return { ...input, private: privatePart(values) };
  const { attestationId } = input;
  if (typeof attestationId === 'string') {
    saveFile(`${attestationId}.json`, disclosureOf(attestationId, values));
  }
  return input;
}
