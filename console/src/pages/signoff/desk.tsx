import type { SignoffView } from '@yici/api';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Input, Space } from 'antd';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { BaseForm } from '../../forms/base-form.js';
import { formOf, takesValues } from '../../forms/schema.js';
import { FormValuesProvider, withValues, type TypedValues } from '../../forms/sealed-values.js';
import { usePresent } from '../../session/session.js';
import { noteTrouble } from '../../session/trouble.js';
import { Failure } from '../../shell/failed.js';
import { useAct } from '../../signing/act.js';
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
  return (
    <Card>
      <Flex vertical gap={12}>
        <Alert type="info" title={t('signoff.unsigned')} />
        {steps.error === undefined ? null : <Failure error={steps.error} again={steps.forget} />}
        <OfficeChoice under={under} onChange={setUnder} />
        <Comment value={comment} onChange={setComment} />
        <Space wrap>
          <Button type="primary" data-testid="go-on" onClick={() => void onIssued(view)}>
            {t('signoff.goOn')}
          </Button>
          <GiveBack comment={comment} take={steps.take} />
        </Space>
      </Flex>
    </Card>
  );
}

interface CommentProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Comment({ value, onChange }: CommentProps) {
  const { t } = useWords();
  return (
    <Input.TextArea
      aria-label={t('signoff.comment')}
      placeholder={t('signoff.comment')}
      data-testid="comment"
      value={value}
      maxLength={2000}
      onChange={({ target }) => onChange(target.value)}
    />
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
function useSigning() {
  const act = useAct();
  const queries = useQueryClient();
  return async ({ id, version, command, input, signoff, chain }: SignoffView) => {
    const under = chain.rounds.at(-1)?.by.under;
    const whole = { ...input, ...(under !== undefined && { under }), signoff };
    await act(command, whole, `signoff-${id}-${version}`);
    await queries.invalidateQueries();
  };
}

interface TurnProps {
  readonly view: SignoffView;
  readonly onIssued: (view: SignoffView) => Promise<void>;
}

function Turn({ view, onIssued }: TurnProps) {
  const { t, language } = useWords();
  const { session } = usePresent();
  const { command, subject, acted } = view;
  const [comment, setComment] = useState('');
  const [under, setUnder] = useOffice(view);
  const steps = useSteps(view, under, onIssued);
  // What the act is about stays as it was drafted.
  const [about = ''] = Object.keys(view.input).filter((name) => view.input[name] === subject);
  const form = useMemo(() => formOf(command, [about], language), [command, about, language]);
  const [shown, rest] = partsOf(view.input, Object.keys(form.schema.properties ?? {}));
  const [typed, setTyped] = useState<Input>(shown);
  const values = useMemo<TypedValues>(() => new Map(), []);
  const known = { input: { ...rest, ...typed }, typed: values };
  const place = placeIn(view);
  const own = acted[0]?.includes(session.user) === true;
  return (
    <Card title={t(`signoff.turn.${place}`)}>
      <Flex vertical gap={12}>
        {steps.error === undefined ? null : <Failure error={steps.error} again={steps.forget} />}
        <OfficeChoice under={under} onChange={setUnder} />
        <Comment value={comment} onChange={setComment} />
        <FormValuesProvider value={takesValues(command) ? undefined : known}>
          <BaseForm
            {...form}
            typed={typed}
            onType={(now) => setTyped(now as Input)}
            submit={t(place === 'last' ? 'signoff.issue' : 'signoff.approve')}
            onSubmit={(filled) => {
              const input = withValues(command, { ...rest, ...(filled as Input) }, values);
              steps.take(place === 'last' ? 'issue' : 'approve', comment, { input });
            }}
          />
        </FormValuesProvider>
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

type Take = (step: 'approve' | 'return' | 'issue', comment: string, given: Given) => void;

/** Each step is of the version that was read; a refused one loses nothing of what was typed. */
function useSteps(
  { id, version }: SignoffView,
  under: string | undefined,
  onIssued: TurnProps['onIssued'],
) {
  const { client } = usePresent();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [error, setError] = useState<Error>();
  const guarded = (work: () => Promise<void>) => {
    setError(undefined);
    work().catch((failure: unknown) => {
      noteTrouble(failure);
      if (failure instanceof Error) setError(failure);
    });
  };
  const take: Take = (step, comment, given) =>
    guarded(async () => {
      const said = comment.trim() === '' ? {} : { comment: comment.trim() };
      const office = under === undefined ? {} : { under };
      const next = await client.stepSignoff(id, step, { version, ...said, ...office, ...given });
      if (step === 'issue') await onIssued(next);
      await queries.invalidateQueries();
    });
  const withdraw = () =>
    guarded(async () => {
      await client.withdrawSignoff(id, version);
      await navigate('/');
    });
  const forget = () => {
    setError(undefined);
    void queries.invalidateQueries();
  };
  return { error, take, withdraw, forget };
}
