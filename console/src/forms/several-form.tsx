import { Button } from 'antd';
import { useMemo, useState } from 'react';
import type { Wanted } from '../signing/run.js';
import { useWords } from '../words/language.js';
import { BaseForm } from './base-form.js';
import { formOf, wholeOf, type ActForm } from './schema.js';

/** One of several acts of the same kind: what of its input is known, and what it is about. */
export interface OneAct {
  /** Stays the same while others come and go, so that what was typed stays with its own act. */
  readonly id: string;
  readonly title: string;
  readonly given: Readonly<Record<string, unknown>>;
}

interface SeveralFormProps {
  readonly command: string;
  readonly acts: readonly OneAct[];
  readonly onWanted: (wanted: readonly Wanted[]) => void;
}

type Typed = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

/** One form for several acts of a kind, a part for each: every act is given its own contents. */
export default function SeveralForm({ command, acts, onWanted }: SeveralFormProps) {
  const { t, language } = useWords();
  const [typed, setTyped] = useState<Typed>({});
  const first = firstOf(acts);
  const form = useMemo(
    () =>
      severalOf(
        acts.map(({ id, title, given }) => ({
          ...{ id, title, form: formOf(command, Object.keys(given), language) },
        })),
      ),
    [command, acts, language],
  );
  return (
    <BaseForm
      {...form}
      typed={typed}
      onType={(now) => setTyped(now as Typed)}
      submit={t('inbox.signAll', { count: acts.length })}
      onSubmit={(filled) => {
        const parts = filled as Typed;
        onWanted(acts.map(({ id, given }) => ({ command, input: { ...given, ...parts[id] } })));
      }}
    >
      {acts.length > 1 && hasText(typed[first]) ? (
        <Button
          style={{ marginInlineEnd: 8 }}
          data-testid="same"
          onClick={() => setTyped(sameTexts(typed, acts))}
        >
          {t('inbox.same')}
        </Button>
      ) : null}
    </BaseForm>
  );
}

interface Titled {
  readonly id: string;
  readonly title: string;
  readonly form: ActForm;
}

const severalOf = (parts: readonly Titled[]): ActForm =>
  wholeOf(
    parts.map(({ id, title, form: { schema, ui } }) => [
      ...([id, { schema: { ...schema, title }, ui }] as const),
      { required: false },
    ]),
  );

const textsOf = (part: Typed[string]): [string, unknown][] =>
  Object.entries(part ?? {}).filter(([, value]) => typeof value === 'string');

const hasText = (part: Typed[string]): boolean => textsOf(part).length > 0;

/** What was written in the first part, in all that have nothing there; documents are each act's own. */
const sameTexts = (typed: Typed, acts: readonly OneAct[]): Typed => {
  const texts = Object.fromEntries(textsOf(typed[firstOf(acts)]));
  return Object.fromEntries(acts.map(({ id }) => [id, { ...texts, ...typed[id] }]));
};

const firstOf = ([first]: readonly OneAct[]): string => first?.id ?? '';
