import { v7 as uuidv7 } from 'uuid';
import type { ClaimedMessage, MessageWriter } from '../../src/notifications/letter.js';

/** A message as a channel gets it to send, for specs that are about the channel and not about what is said. */
export const probeMessage: ClaimedMessage = {
  id: uuidv7(),
  fence: 1,
  attempts: 1,
  recipientId: uuidv7(),
  isContact: false,
  recipientName: '承办',
  address: 'official@ankang.example',
};

/** Writes it, and no other. */
export const probeWriter: MessageWriter = {
  letters: async () => new Map([[probeMessage.id, { subject: 's', text: 't', html: '<p>t</p>' }]]),
  shortMessages: async () => new Map([[probeMessage.id, { template: 'x', variables: {}, text: 't' }]]),
};
