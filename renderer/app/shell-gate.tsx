import type { ReactNode } from 'react';
import { AddressScreen } from '#renderer/screens/login/address-screen.tsx';
import { SettingsTrouble } from '#renderer/screens/login/settings-trouble.tsx';
import { useShellState } from '#renderer/host/shell-state.ts';

/**
 * Before the console: the first start asks for the centre's address, and settings that cannot be read are
 * said to be so.
 */
export const ShellGate = ({ children }: { readonly children: ReactNode }) => {
  const stage = useShellState()?.stage;
  switch (stage?.kind) {
    case 'needs_address':
      return <AddressScreen />;
    case 'settings_unreadable':
      return <SettingsTrouble {...stage} />;
    default:
      return children;
  }
};
