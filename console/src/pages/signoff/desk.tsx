import type { SignoffView } from '@yici/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Space } from 'antd';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { BaseForm } from '../../forms/base-form.js';
import { formOf } from '../../forms/schema.js';
import { FormValuesProvider, handedOver, withValues } from '../../signing/sealed-values.js';
import { useValues } from '../../forms/values-wanted.js';
import { usePresent } from '../../session/session.js';
import { noteTrouble } from '../../session/trouble.js';
import { Failure } from '../../shell/failed.js';
import { useAct } from '../../signing/act.js';
import { Comment, officeOf, saidOf } from '../../signing/comment.js';
import { OfficeChoice, useDelegations } from '../../signing/office-choice.js';
import { useWords } from '../../words/language.js';
import { placeIn } from './words.js';

interface DeskProps {
  readonly view: SignoffView;
  readonly isTurn: boolean;
}

type Input = SignoffView['input'];

/** What the visitor may do with a sign-off: go on with it, give it back, sign what was issued, take it back. */
export default function Desk({ view, isTurn }: DeskProps) {
  const { session } = usePresent();
  const sign = useSigning();
  const { state, chain } = view;
  const mine = chain.rounds.at(-1)?.by.user === session.user;
  if (state === 'issued') return null;
  if (state === 'signing' && mine) return <Unsigned view={view} onIssued={sign} />;
  return isTurn ? <Turn view={view} onIssued={sign} /> : null;
}

/** Issued, and not on the ledger: to be signed now, or given back, as when its time has run out. */
function Unsigned({ view, onIssued }: TurnProps) {
  const { t } = useWords();
  const [comment, setComment] = useState('');
  const [under, setUnder] = useState(view.chain.rounds.at(-1)?.by.under);
  const steps = useSteps(view, under, onIssued);
  const values = useValues(view.command, view.input);
  const goOn = async () => {
    const whole = values.beside(view.input);
    if (whole !== undefined) await onIssued(view, whole);
  };
  return (
    <Card>
      <Flex vertical gap={12}>
        <Alert type="info" title={t('signoff.unsigned')} />
        {values.wanted}
        <Failure error={steps.error} again={steps.forget} />
        <OfficeChoice under={under} onChange={setUnder} />
        <Comment value={comment} onChange={setComment} />
        <Space wrap>
          <Button type="primary" data-testid="go-on" onClick={() => void goOn()}>
            {t('signoff.goOn')}
          </Button>
          <GiveBack comment={comment} take={steps.take} />
        </Space>
      </Flex>
    </Card>
  );
}

interface GiveBackProps {
  readonly comment: string;
  readonly take: Take;
}

function GiveBack({ comment, take }: GiveBackProps) {
  const { t } = useWords();
  const unsaid = comment.trim() === '';
  return (
    <>
      <Button
        data-testid="return"
        disabled={unsaid}
        onClick={() => take('return', comment, { to: 'before' })}
      >
        {t('signoff.back')}
      </Button>
      <Button disabled={unsaid} onClick={() => take('return', comment, { to: 'drafter' })}>
        {t('signoff.backToDrafter')}
      </Button>
    </>
  );
}

/** Signs the act itself with the sign-off that it went through, in the visitor's own name. */
function useSigning(): Issued {
  const act = useAct();
  const queries = useQueryClient();
  return async ({ id, version, command, signoff, chain }, input) => {
    const under = chain.rounds.at(-1)?.by.under;
    const whole = { ...input, ...(under !== undefined && { under }), signoff };
    await act(command, whole, `signoff-${id}-${version}`);
    await queries.invalidateQueries();
  };
}

/** `input`: of the act, with the values that go beside it. */
type Issued = (view: SignoffView, input: Input) => Promise<void>;

interface TurnProps {
  readonly view: SignoffView;
  readonly onIssued: Issued;
}

function Turn({ view, onIssued }: TurnProps) {
  const { t } = useWords();
  const { session } = usePresent();
  const [comment, setComment] = useState('');
  const [under, setUnder] = useOffice(view);
  const steps = useSteps(view, under, onIssued);
  const place = placeIn(view);
  const own = view.acted[0]?.includes(session.user) === true;
  return (
    <Card title={t(`signoff.turn.${place}`)}>
      <Flex vertical gap={12}>
        <Failure error={steps.error} again={steps.forget} />
        <OfficeChoice under={under} onChange={setUnder} />
        <Comment value={comment} onChange={setComment} />
        <Content
          view={view}
          onPassed={(whole) => {
            const step = place === 'last' ? 'issue' : 'approve';
            const { private: values, ...input } = step === 'issue' ? whole : handedOver(whole);
            steps.take(step, comment, { input }, values);
          }}
        />
        <Space wrap>
          {place === 'first' ? null : <GiveBack comment={comment} take={steps.take} />}
          {place === 'first' && own ? (
            <Button danger data-testid="withdraw" onClick={steps.withdraw}>
              {t('signoff.withdraw')}
            </Button>
          ) : null}
        </Space>
      </Flex>
    </Card>
  );
}

interface ContentProps {
  readonly view: SignoffView;
  /** The act as it stands, with the values that are to go beside it. */
  readonly onPassed: (whole: Input) => void;
}

/** The act as it was drafted, to be changed; what it is about stays. */
function Content({ view, onPassed }: ContentProps) {
  const { t, language } = useWords();
  const { command, subject } = view;
  const [about = ''] = Object.keys(view.input).filter((name) => view.input[name] === subject);
  const form = useMemo(() => formOf(command, [about], language), [command, about, language]);
  const [shown, rest] = partsOf(view.input, Object.keys(form.schema.properties ?? {}));
  const [typed, setTyped] = useState<Input>(shown);
  const whole = { ...rest, ...typed };
  const values = useValues(command, whole);
  const isLast = placeIn(view) === 'last';
  return (
    <>
      {values.wanted}
      <FormValuesProvider value={{ input: whole, given: view.input, typed: values.typed }}>
        <BaseForm
          key={values.read}
          {...form}
          typed={typed}
          onType={(now) => setTyped(now as Input)}
          submit={t(isLast ? 'signoff.issue' : 'signoff.approve')}
          onSubmit={(filled) => {
            const input = { ...rest, ...(filled as Input) };
            // Whoever only passes it on need not have the values.
            const passed = isLast ? values.beside(input) : withValues(command, input, values.typed);
            if (passed !== undefined) onPassed(passed);
          }}
        />
      </FormValuesProvider>
    </>
  );
}

/** The office that the visitor chose; until then the own one, or the one that the level waits for. */
function useOffice({ levels, level }: SignoffView) {
  const { session } = usePresent();
  const delegations = useDelegations();
  const [chosen, setChosen] = useState<{ readonly under: string | undefined }>();
  const role = levels[level]?.role;
  const standing = delegations.find((one) => session.role !== role && one.role === role);
  const under = chosen === undefined ? standing?.delegationId : chosen.under;
  const choose = (next: string | undefined) => setChosen({ under: next });
  return [under, choose] as const;
}

/** What of an input is in the form, and what beside it. */
function partsOf(input: Input, fields: readonly string[]): readonly [Input, Input] {
  const entries = Object.entries(input);
  return [
    Object.fromEntries(entries.filter(([name]) => fields.includes(name))),
    Object.fromEntries(entries.filter(([name]) => !fields.includes(name))),
  ];
}

type Given = { readonly input: Input } | { readonly to: 'before' | 'drafter' };

/** `values`: what goes beside the act once it is issued. */
type Take = (
  step: 'approve' | 'return' | 'issue',
  comment: string,
  given: Given,
  values?: unknown,
) => void;

/** Each step is of the version that was read; a refused one loses nothing of what was typed. */
function useSteps(
  { id, version }: SignoffView,
  under: string | undefined,
  onIssued: TurnProps['onIssued'],
) {
  const { client } = usePresent();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { mutate, error, reset } = useMutation({
    mutationFn: (work: () => Promise<void>) => work(),
    onError: (error) => noteTrouble(error),
  });
  const take: Take = (step, comment, given, values) =>
    mutate(async () => {
      const beside = { ...saidOf(comment), ...officeOf(under) };
      const next = await client.stepSignoff(id, step, { version, ...beside, ...given });
      const secret = values === undefined ? {} : { private: values };
      if (step === 'issue') await onIssued(next, { ...next.input, ...secret });
      await queries.invalidateQueries();
    });
  const withdraw = () =>
    mutate(async () => {
      await client.withdrawSignoff(id, version);
      await navigate('/');
    });
  const forget = () => {
    reset();
    void queries.invalidateQueries();
  };
  return { error, take, withdraw, forget };
}
