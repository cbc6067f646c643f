import { Alert, Button, type AlertProps } from 'antd';
import { Component, useEffect, useState, type ReactNode } from 'react';
import { useWords } from '../words/language.js';
import { useErrorWords } from '../words/use-error-words.js';

interface Props {
  /** Which page this is: another one has not failed. */
  readonly at: string;
  readonly children: ReactNode;
}

interface State {
  readonly error: Error | undefined;
}

/** A page that fails says so and can be tried again; the rest of the console stays. */
export class Failed extends Component<Props, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override componentDidUpdate({ at }: Props): void {
    if (at !== this.props.at && this.state.error !== undefined) this.setState({ error: undefined });
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return <Failure error={error} again={() => this.setState({ error: undefined })} />;
  }
}

/** What went wrong after a click and no page shows at a place of its own: nothing that was asked for fails in silence. */
export function UnheardFailure() {
  const [error, setError] = useState<Error>();
  useEffect(() => {
    const hear = ({ reason }: PromiseRejectionEvent) => {
      if (reason instanceof Error) setError(reason);
    };
    addEventListener('unhandledrejection', hear);
    return () => removeEventListener('unhandledrejection', hear);
  }, []);
  const close = () => setError(undefined);
  if (error === undefined) return null;
  return <Told error={error} closable={{ onClose: close }} />;
}

interface FailureProps {
  readonly error: Error | null | undefined;
  /** Where it can be tried again as it is. */
  readonly again?: () => void;
}

/** Nothing as long as nothing went wrong. */
export function Failure({ error, again }: FailureProps) {
  const { t } = useWords();
  if (error === null || error === undefined) return null;
  if (again === undefined) return <Told error={error} />;
  return <Told error={error} action={<Button onClick={again}>{t('errors.again')}</Button>} />;
}

function Told({ error, ...props }: AlertProps & { readonly error: Error }) {
  const { title, more } = useErrorWords(error);
  return <Alert type="error" showIcon title={title} description={more} {...props} />;
}
