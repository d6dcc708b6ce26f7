import { FuseV1Options, FuseVersion, type FuseConfig } from '@electron/fuses';

/**
 * The fuses of the packaged binary: what it can and cannot do, whatever its arguments say. Every fuse must be
 * named: one that a new Electron brings does not compile, and does not flip, until somebody has decided.
 */
export const FUSES = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  // The binary is Pult and not a Node for whoever wants one.
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // Pages are at app://, so file:// needs no rights.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // Electron's own setting: without it WebAssembly checks every access.
  [FuseV1Options.WasmTrapHandlers]: true,
} as const satisfies FuseConfig;
