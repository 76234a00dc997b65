/** The features of the application: how they are asked for, and what there is to know. */
export const FEATURES = [
  {
    name: 'support-chat',
    label: 'Support chat',
    path: 'chat',
    parameter: 'question',
    prompt: 'How do I reset my password?',
    streams: true,
    note: 'Streams: one event for the whole answer.'
  },
  {
    name: 'summary',
    label: 'Summary',
    path: 'summary',
    parameter: 'text',
    prompt: 'Spring AI calls models. LLMtrack shows what the calls cost.',
    note: 'Waits for the whole answer.'
  },
  {
    name: 'story',
    label: 'Story',
    path: 'story',
    parameter: 'subject',
    prompt: 'a lighthouse',
    streams: true,
    note: 'Streams, with a prompt of the application around yours.'
  },
  {
    name: 'order-status',
    label: 'Order status',
    path: 'order',
    parameter: 'question',
    prompt: 'Where is order 4711?',
    note: 'The model uses a tool of the application: two requests, and so two events.'
  },
  {
    name: 'translation',
    label: 'Translation',
    path: 'translation',
    parameter: 'text',
    prompt: 'Good morning',
    note: 'Asks for a model that does not exist, and so fails.'
  }
];

/** What can become of a request; the stand-in for OpenAI obeys what is added to the prompt. */
export const MODES = [
  { name: 'usual', label: 'as usual', note: 'The prompt is sent as it is.' },
  {
    name: 'fails',
    label: 'fails',
    addition: ' (simulate HTTP 403)',
    note: 'The prompt asks the stand-in for OpenAI to answer 403. The event’s status will be “error”.'
  },
  {
    name: 'slow',
    label: 'is slow',
    addition: ' (simulate a slow model)',
    note: 'The prompt asks the stand-in for OpenAI to take its time. You can cancel meanwhile.'
  },
  {
    name: 'cancelled',
    label: 'is cancelled',
    note: 'The page hangs up after a few words. The event’s status will be “cancelled”.',
    noteIfBlocking: 'The page hangs up, but a blocking request goes on, and is counted when it ends.'
  }
];
