import type { IncidentCommand } from '#shared/domain/command.ts';

/** The least a message needs to be registered. */
export const REGISTER: Extract<IncidentCommand, { name: 'register' }>['args'] = {
  region: 'eao',
  createdAt: Date.UTC(2026, 2, 3, 1, 0),
  text: 'Яма на дороге',
  source: {
    network: 'vk',
    kind: 'comment',
    url: '',
    placeUrl: '',
    audience: null,
    engagement: null,
    hasMedia: false,
  },
  author: { name: 'Житель', url: '' },
};
