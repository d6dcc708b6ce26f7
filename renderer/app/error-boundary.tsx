import { Button, Code, Stack, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useProfile } from '#renderer/kit/context/console-context.tsx';
import { listDrafts } from '#renderer/kit/forms/drafts.ts';

const Broken = ({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) => {
  const { t } = useTranslation();
  const drafts = listDrafts(useProfile());
  return (
    <Stack p="xl" gap="md" maw={720} role="alert">
      <Title order={1}>{t('broken.title')}</Title>
      <Text>{t('broken.explain')}</Text>
      <Code block>{error.message}</Code>
      {drafts.length > 0 && <Text fw={550}>{t('broken.drafts')}</Text>}
      {drafts.map(({ key, text }) => (
        <Code key={key} block>
          {text}
        </Code>
      ))}
      <div>
        <Button onClick={onRetry}>{t('broken.retry')}</Button>
      </div>
    </Stack>
  );
};

interface State {
  readonly error: Error | null;
}

/**
 * Keeps a fault inside its screen: the frame goes on working, and what the person had typed is shown to be
 * copied.
 */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === null ? (
      this.props.children
    ) : (
      <Broken error={error} onRetry={() => this.setState({ error: null })} />
    );
  }
}
