/** The features of the application: how to request them, and what to note. */
export const FEATURES = [
  {
    name: 'support-chat',
    label: 'Support chat',
    path: 'chat',
    parameter: 'question',
    prompt: 'How do I reset my password?',
    streams: true,
    hasCustomer: true,
    note: 'Streams: one event for the whole answer, for a customer and as part of a conversation.'
  },
  {
    name: 'summary',
    label: 'Summary',
    path: 'summary',
    parameter: 'text',
    prompt: 'Spring AI calls models. LLMtrack shows what the calls cost.',
    note: 'A blocking request: one event.'
  },
  {
    name: 'story',
    label: 'Story',
    path: 'story',
    parameter: 'subject',
    prompt: 'a lighthouse',
    streams: true,
    note: 'Streams. The application adds its own prompt to yours.'
  },
  {
    name: 'order-status',
    label: 'Order status',
    path: 'order',
    parameter: 'question',
    prompt: 'Where is order 4711?',
    hasCustomer: true,
    note: 'The model calls a tool of the application: two requests, therefore two events, in one turn.'
  },
  {
    name: 'translation',
    label: 'Translation',
    path: 'translation',
    parameter: 'text',
    prompt: 'Good morning',
    note: 'Requests a model that does not exist, and therefore fails.'
  }
];

/** Whom a request is made for. */
export const CUSTOMERS = [
  { name: 'acme', label: 'Acme' },
  { name: 'globex', label: 'Globex' },
  { name: 'initech', label: 'Initech' }
];

/** How a request can end. The stand-in for OpenAI understands the addition to the prompt. */
export const MODES = [
  { name: 'usual', label: 'as usual', note: 'The prompt is sent as it is.' },
  {
    name: 'fails',
    label: 'fails',
    addition: ' (simulate HTTP 403)',
    note: 'The prompt makes the stand-in for OpenAI answer with 403. The event’s status will be “error”.'
  },
  {
    name: 'slow',
    label: 'is slow',
    addition: ' (simulate a slow model)',
    note: 'The prompt makes the stand-in for OpenAI answer slowly. You can cancel the request.'
  },
  {
    name: 'cancelled',
    label: 'is cancelled',
    note: 'The page closes the connection after a few words. The event’s status will be “cancelled”.',
    noteIfBlocking: 'The page closes the connection, but a blocking request continues and is recorded when it ends.'
  }
];
