import { Alert, Button } from 'antd';
import { Component, type ReactNode } from 'react';
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
    return (
      <Failure
        error={error}
        again={() => {
          this.setState({ error: undefined });
        }}
      />
    );
  }
}

export function Failure({ error, again }: { readonly error: Error; readonly again: () => void }) {
  const { t } = useWords();
  const said = useErrorWords(error);
  return (
    <Alert
      type="error"
      showIcon
      title={said.title}
      description={said.more}
      action={<Button onClick={again}>{t('errors.again')}</Button>}
    />
  );
}
